//! What others did to the region that is meant.

use std::collections::BTreeMap;

use leptos::task::spawn_local;
use shared::id::RegionId;
use shared::region::Region;

use super::Desk;
use crate::session::{fetch_removal, own_name};

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
            desk.tell(told(old, new, &own_name()));
        } else {
            let (desk, name) = (desk.clone(), old.name.clone());
            spawn_local(async move {
                let removal = fetch_removal(id.into()).await;
                let by = removal.map_or_else(String::new, |it| it.by);
                desk.tell(told_removal(&name, &by, &own_name()));
            });
        }
    }
    now
}

/// What is to be said of a region that was `old`; nothing of one's own doing.
fn told(old: &Region, new: &Region, me: &str) -> Option<String> {
    let is_foreign = new != old && new.changed_by != me;
    is_foreign.then(|| format!("{:?} was changed by {}", old.name, new.changed_by))
}

/// What is to be said of a region that is gone; nothing of one's own doing in another page.
fn told_removal(name: &str, by: &str, me: &str) -> Option<String> {
    match by {
        "" => Some(format!("{name:?} was removed by somebody else")),
        by => (by != me).then(|| format!("{name:?} was removed by {by}")),
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
        let told = |new: &Region| told(&old, new, "me");
        assert_eq!(told(&old), None);
        assert_eq!(told(&by("me")), None);
        let text = told(&by("Anna")).unwrap();
        assert_eq!(text, "\"Peak\" was changed by Anna");
        let removed = |by: &str| told_removal("Peak", by, "me");
        assert_eq!(removed("Anna").unwrap(), "\"Peak\" was removed by Anna");
        assert_eq!(
            removed("").unwrap(),
            "\"Peak\" was removed by somebody else"
        );
        assert_eq!(removed("me"), None);
    }
}
