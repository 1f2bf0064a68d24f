//! Lists that the documents give out page by page, read by the generated clients: every item once and in order, an error instead of
//! a loop, and on from any page.

mod platform;

use std::collections::BTreeSet;

use proptest::prelude::*;
use specie_runtime::Outcome;
use specie_runtime::client::{Error, Items, Paged, PagingError, Position};

use crate::support::apis::Api;
use crate::support::bench::{ACCOUNT, Bench, KEY};
use crate::support::raw::base64;
use crate::support::run;
use platform::Platform;

/// Runs a test for both brands, in a module each.
macro_rules! brands {
    ($($brand:ident)*) => {$(
        mod $brand {
            use ::$brand::{Client, ListPayoutInvoices, ListPayoutServices};

            use super::*;

            fn client(platform: &Platform) -> Client {
                let builder = Client::builder().private("https://api.example.com").basic_auth(ACCOUNT, KEY);
                builder.transport(platform.clone()).build().unwrap()
            }

            fn services(platform: &Platform) -> Items<ListPayoutServices> {
                client(platform).list_payout_services_with(ListPayoutServices::new().page_size(platform.size)).items()
            }

            fn invoices(platform: &Platform) -> Items<ListPayoutInvoices> {
                client(platform).list_payout_invoices().items()
            }

            proptest! {
                #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

                #[test]
                fn every_item_comes_once_and_in_order(length in 0..40_i64, size in 1..12_i64) {
                    let platform = Platform::new(length, size);
                    reads_all(&platform, &|| services(&platform), |service| service.id.clone());
                    reads_all(&platform, &|| invoices(&platform), |invoice| invoice.id.clone());
                }

                #[test]
                fn a_page_that_repeats_is_an_error(length in 1..40_i64, size in 1..12_i64) {
                    let platform = Platform::new(length, size).that_never_turns();
                    repeats(&platform, services(&platform));
                    repeats(&platform, invoices(&platform));
                }
            }

            #[test]
            fn a_link_elsewhere_takes_no_credential_there() {
                let platform = Platform::new(9, 3).linking_to("https://evil.example.com");
                stays(&platform, invoices(&platform));
                let platform = Platform::new(9, 3).linking_to("//evil.example.com");
                stays(&platform, invoices(&platform));
            }

            #[test]
            fn the_generated_server_is_asked_for_page_after_page() {
                let bench = Bench::new();
                for number in 1..=3 {
                    let page = Platform::new(5, 2).services(number);
                    let page: ::$brand::types::PayoutServicePage = specie_runtime::decode::from_slice(page.as_bytes()).unwrap();
                    bench.respond(Ok(Box::new(page)));
                }
                let transport = Api::ALL.into_iter().find(|api| api.name() == stringify!($brand)).unwrap().in_process(bench.clone());
                let client = Client::builder().private("https://api.example.com").basic_auth(ACCOUNT, KEY).transport(transport);
                let request = ListPayoutServices::new().page_size(2);
                let items = client.build().unwrap().list_payout_services_with(request.clone()).items();
                assert_eq!(run(count(items)).unwrap(), 5);
                for (arrived, number) in bench.arrived().into_iter().zip([None, Some(2), Some(3)]) {
                    let expected = number.map_or(request.clone(), |number| request.clone().page_number(number));
                    assert!(arrived.request.equals(&expected), "{}", arrived.request.shown());
                }
            }
        }
    )*};
}

brands! { cublox paymega }

/// Reads everything, and from every position on the way everything that is left.
fn reads_all<O: Paged>(platform: &Platform, list: &dyn Fn() -> Items<O>, id: impl Fn(&O::Item) -> String) {
    run(async {
        let expected: Vec<String> = (0..platform.length).map(|index| platform.id(index)).collect();
        let mut items = list();
        let mut given = Vec::new();
        let mut resumed = BTreeSet::new();
        loop {
            let position = items.position().map(Position::to_string);
            if let Some(position) = position.filter(|position| resumed.insert(position.clone())) {
                let mut rest = list().from(position.parse().unwrap());
                let mut left = Vec::new();
                while let Some(item) = rest.try_next().await.unwrap() {
                    left.push(id(&item));
                }
                // From the page that is being given out, so that nothing is missed.
                let start = given.len() - given.len() % usize::try_from(platform.size).unwrap();
                assert_eq!(left, expected[start..]);
            }
            match items.try_next().await.unwrap() {
                Some(item) => given.push(id(&item)),
                None => break,
            }
        }
        assert_eq!(given, expected);
    });
    platform.was_asked_by(&format!("Basic {}", base64(&format!("{ACCOUNT}:{KEY}"))));
}

async fn count<O: Paged>(mut items: Items<O>) -> Result<i64, Error<O::Error>> {
    let mut count = 0;
    while items.try_next().await?.is_some() {
        count += 1;
    }
    Ok(count)
}

/// A server that does not turn the page gives its first page once, then the list fails; one page is all there is in the other case.
fn repeats<O: Paged>(platform: &Platform, items: Items<O>) {
    match run(count(items)) {
        Ok(count) => assert_eq!(count, platform.length.min(platform.size)),
        Err(Error::Paging(PagingError::Repeated, meta)) => assert_eq!(meta.outcome(), Outcome::Done),
        Err(error) => panic!("{error}"),
    }
    let asked = platform.asked();
    assert!(asked <= 2, "{asked} requests");
    assert_eq!(asked == 2, platform.length > platform.size);
}

/// The first page is read, the link is not followed.
fn stays<O: Paged>(platform: &Platform, mut items: Items<O>) {
    run(async {
        for _ in 0..platform.size {
            assert!(items.try_next().await.unwrap().is_some());
        }
        let error = items.try_next().await.err().unwrap();
        assert!(matches!(error, Error::Paging(PagingError::ForeignLink, _)), "{error}");
        assert!(!format!("{error:?}").contains("evil"));
    });
    assert_eq!(platform.asked(), 1);
}
