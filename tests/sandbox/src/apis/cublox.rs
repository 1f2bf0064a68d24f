//! Cublox: a brand of Corefy.

crate::apis::corefy::adapter::adapter!(cublox, Cublox, CubloxServer, CUBLOX);
