//! Paymega: a brand of Corefy.

crate::apis::corefy::adapter::adapter!(paymega, Paymega, PaymegaServer, PAYMEGA);
