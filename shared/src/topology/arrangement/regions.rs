//! The rules of regions of interest.

use super::{Arrangement, Misfit, PieceId};
use crate::id::JobId;
use crate::region::{MAX_REGIONS_PER_KIND, Region};

impl Arrangement {
    /// The regions on the images of a job, by name.
    pub fn regions_of(&self, job: &JobId) -> Vec<&Region> {
        let on_job = |it: &&Region| it.workflow == job.workflow && it.source == job.source;
        let mut regions: Vec<_> = self.regions.values().filter(on_job).collect();
        regions.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        regions
    }

    pub(super) fn check_region(&self, before: &Self, region: &Region) -> Result<(), Misfit> {
        let id = PieceId::Region(region.id);
        region
            .check()
            .map_err(|(field, reason)| Misfit::at(id, field, reason))?;
        let alike = |arrangement: &Self| {
            let regions = arrangement.regions_of(&region.job()).into_iter();
            let kind = region.area.kind();
            regions.filter(|it| it.area.kind() == kind).count()
        };
        let there_are = alike(self);
        if there_are > MAX_REGIONS_PER_KIND && there_are > alike(before) {
            let kind = region.area.kind();
            let reason = format!(
                "{} has {MAX_REGIONS_PER_KIND} {kind}s already: remove one first",
                region.source
            );
            return Err(Misfit::beside(id, reason));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Unit;
    use crate::id::RegionId;
    use crate::plot::Area;
    use crate::topology::Piece;

    fn region(n: usize, area: Area, source: &str) -> Region {
        Region {
            id: RegionId::derived(&format!("{source}{n}{}", area.kind())),
            workflow: "dummy/w/1".parse().unwrap(),
            source: source.to_owned(),
            name: format!("R{n}"),
            colour: 0,
            area,
            units: [Unit::dimensionless(), Unit::dimensionless()],
            changed_by: "a test".to_owned(),
        }
    }

    fn box_() -> Area {
        Area::Rectangle {
            x: [0.0, 1.0],
            y: [0.0, 1.0],
        }
    }

    fn round() -> Area {
        Area::Ellipse {
            centre: [0.0, 0.0],
            radii: [1.0, 1.0],
        }
    }

    #[test]
    fn each_kind_has_its_limit_on_each_source() {
        let mut before = Arrangement::default();
        for n in 0..MAX_REGIONS_PER_KIND {
            before.put(Piece::Region(region(n, box_(), "a")));
        }
        let with = |added: Region| {
            let mut after = before.clone();
            after.put(Piece::Region(added));
            after.check(&before)
        };
        assert_eq!(with(region(8, round(), "a")), Ok(()));
        assert_eq!(with(region(8, box_(), "b")), Ok(()));
        let misfit = with(region(8, box_(), "a")).unwrap_err();
        assert_eq!(misfit.field, None);
        assert_eq!(
            misfit.reason,
            "a has 8 rectangles already: remove one first"
        );
        let mut changed = region(0, box_(), "a");
        changed.colour = 3;
        assert_eq!(with(changed), Ok(()), "one of the eight may change");
        let mut bad = region(0, box_(), "a");
        bad.name.clear();
        assert_eq!(with(bad).unwrap_err().field.as_deref(), Some("name"));
    }
}
