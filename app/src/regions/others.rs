//! What others did to the region that is meant.

use std::collections::BTreeMap;

use shared::id::RegionId;
use shared::region::Region;

use super::Desk;
use crate::session::own_name;

/// Tells the reader what others did to the region that is meant, since `before`; returns what there is now. Tracks it.
pub(crate) fn foreign_changes(
    desk: &Desk,
    before: Option<BTreeMap<RegionId, Region>>,
) -> BTreeMap<RegionId, Region> {
    let now = desk.shared();
    if let Some(id) = desk.meant()
        && let Some(old) = before.as_ref().and_then(|it| it.get(&id))
        && let Some(text) = told(old, now.get(&id), &own_name())
    {
        desk.tell(text);
    }
    now
}

/// What is to be said of a region that was `old`; nothing of one's own doing.
fn told(old: &Region, new: Option<&Region>, me: &str) -> Option<String> {
    match new {
        None => Some(format!("{:?} was removed by somebody else", old.name)),
        Some(new) if new != old && new.changed_by != me => {
            Some(format!("{:?} was changed by {}", old.name, new.changed_by))
        }
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use shared::data::Unit;
    use shared::plot::Area;

    use super::*;

    #[test]
    fn what_others_did_is_told_and_by_whom() {
        let old = Region {
            id: RegionId::derived("r"),
            workflow: "dummy/w/1".parse().unwrap(),
            source: "a".to_owned(),
            name: "Peak".to_owned(),
            colour: 0,
            area: Area::Rectangle {
                x: [0.0, 1.0],
                y: [0.0, 1.0],
            },
            units: [Unit::dimensionless(), Unit::dimensionless()],
            changed_by: "me".to_owned(),
        };
        let by = |who: &str| Region {
            colour: 3,
            changed_by: who.to_owned(),
            ..old.clone()
        };
        let told = |new: Option<&Region>| told(&old, new, "me");
        assert_eq!(told(Some(&old)), None);
        assert_eq!(told(Some(&by("me"))), None);
        let text = told(Some(&by("Anna"))).unwrap();
        assert_eq!(text, "\"Peak\" was changed by Anna");
        assert!(told(None).unwrap().contains("removed by somebody else"));
    }
}
