//! Records of TLS 1.3 (RFC 8446, section 5.2).

use ring::aead::Algorithm;
use rustls::crypto::cipher::{
    AeadKey, InboundOpaqueMessage, InboundPlainMessage, Iv, MessageDecrypter, MessageEncrypter, Nonce,
    OutboundOpaqueMessage, OutboundPlainMessage, PrefixedPayload, Tls13AeadAlgorithm, UnsupportedOperationError,
    make_tls13_aad,
};
use rustls::{ConnectionTrafficSecrets, ContentType, Error, ProtocolVersion};

use super::seal::{Key, TAG};

/// The type of a record stands behind its text.
const TYPE: usize = 1;

pub(super) struct Aead13(pub(super) &'static Algorithm);

impl Tls13AeadAlgorithm for Aead13 {
    fn encrypter(&self, key: AeadKey, iv: Iv) -> Box<dyn MessageEncrypter> {
        Box::new(Direction { key: Key::new(self.0, &key), iv })
    }

    fn decrypter(&self, key: AeadKey, iv: Iv) -> Box<dyn MessageDecrypter> {
        Box::new(Direction { key: Key::new(self.0, &key), iv })
    }

    fn key_len(&self) -> usize {
        self.0.key_len()
    }

    /// For TLS in the kernel, which the client does not use.
    fn extract_keys(&self, _: AeadKey, _: Iv) -> Result<ConnectionTrafficSecrets, UnsupportedOperationError> {
        Err(UnsupportedOperationError)
    }
}

struct Direction {
    key: Key,
    iv: Iv,
}

impl MessageEncrypter for Direction {
    fn encrypt(&mut self, message: OutboundPlainMessage<'_>, sequence: u64) -> Result<OutboundOpaqueMessage, Error> {
        let length = self.encrypted_payload_len(message.payload.len());
        let mut payload = PrefixedPayload::with_capacity(length);
        payload.extend_from_chunks(&message.payload);
        payload.extend_from_slice(&[u8::from(message.typ)]);
        let tag = self.key.seal(Nonce::new(&self.iv, sequence).0, &make_tls13_aad(length), payload.as_mut())?;
        payload.extend_from_slice(&tag);
        // The version on the wire is that of TLS 1.2, for what stands between (RFC 8446, section 5.1).
        Ok(OutboundOpaqueMessage::new(ContentType::ApplicationData, ProtocolVersion::TLSv1_2, payload))
    }

    fn encrypted_payload_len(&self, length: usize) -> usize {
        length + TYPE + TAG
    }
}

impl MessageDecrypter for Direction {
    fn decrypt<'a>(
        &mut self,
        mut message: InboundOpaqueMessage<'a>,
        sequence: u64,
    ) -> Result<InboundPlainMessage<'a>, Error> {
        let aad = make_tls13_aad(message.payload.len());
        let length = self.key.open(Nonce::new(&self.iv, sequence).0, &aad, &mut message.payload)?;
        message.payload.truncate(length);
        message.into_tls13_unpadded_message()
    }
}
