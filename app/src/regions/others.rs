//! What others did to the region that is meant.

use std::collections::BTreeMap;

use leptos::task::spawn_local;
use shared::id::RegionId;
use shared::region::Region;

use super::Desk;
use crate::session::{fetch_region_removal, own_name};

/// Tells the reader what others did to the region that is meant, since `before`; returns what there is now. Tracks it.
pub(crate) fn foreign_changes(
    desk: &Desk,
    before: Option<BTreeMap<RegionId, Region>>,
) -> BTreeMap<RegionId, Region> {
    let now = desk.shared();
    if let Some(id) = desk.meant()
        && let Some(old) = before.as_ref().and_then(|it| it.get(&id))
    {
        if let Some(new) = now.get(&id) {
            if let Some(text) = told_change(old, new, &own_name()) {
                desk.tell(text);
            }
        } else if desk.is_gone(id) {
            // And not only out of sight, on another plane of a volume.
            tell_removal(desk, old.clone());
        }
    }
    now
}

/// Tells by whom a region was removed, which only the server knows.
fn tell_removal(desk: &Desk, old: Region) {
    let desk = desk.clone();
    spawn_local(async move {
        let by = fetch_region_removal(old.id).await.map(|it| it.by);
        if let Some(text) = told_removal(&old, by.as_deref(), &own_name()) {
            desk.tell(text);
        }
    });
}

/// What is to be said of a region that was `old` and is `new` now; nothing of one's own doing.
fn told_change(old: &Region, new: &Region, me: &str) -> Option<String> {
    let by = &new.changed_by;
    if new == old || by == me {
        return None;
    }
    Some(if new.name == old.name {
        format!("{:?} was changed by {by}", old.name)
    } else {
        format!("{:?} was renamed {:?} by {by}", old.name, new.name)
    })
}

/// The same of one that was removed `by` somebody, where that is known.
fn told_removal(old: &Region, by: Option<&str>, me: &str) -> Option<String> {
    let by = by.filter(|it| !it.is_empty()).unwrap_or("somebody else");
    (by != me).then(|| format!("{:?} was removed by {by}", old.name))
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
        let change = |new: &Region| told_change(&old, new, "me");
        assert_eq!(change(&old), None);
        assert_eq!(change(&by("me")), None);
        let text = change(&by("Anna")).unwrap();
        assert_eq!(text, "\"Peak\" was changed by Anna");
        let mut renamed = by("Anna");
        renamed.name = "Bragg".to_owned();
        let text = change(&renamed).unwrap();
        assert_eq!(text, "\"Peak\" was renamed \"Bragg\" by Anna");

        let removal = |by: Option<&str>| told_removal(&old, by, "me");
        assert_eq!(removal(Some("me")), None);
        let text = removal(Some("Anna")).unwrap();
        assert_eq!(text, "\"Peak\" was removed by Anna");
        for unknown in [None, Some("")] {
            let text = removal(unknown).unwrap();
            assert_eq!(text, "\"Peak\" was removed by somebody else");
        }
    }
}
