//! Regions of interest: parts of a detector's image that people watch. One set for each workflow and source, shared by
//! all sessions.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::data::Unit;
use crate::id::{JobId, RegionId, WorkflowId};
use crate::plot::{Area, N_SERIES_COLOURS};

/// The dimension along which there is one element for each region.
pub const REGION_DIM: &str = "roi";
/// Regions of each kind of shape, for one workflow and source, at most.
pub const MAX_REGIONS_PER_KIND: usize = 8;
/// Characters of a region's name at most.
pub const MAX_REGION_NAME_CHARS: usize = 60;

/// A region of interest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// Its id.
    pub id: RegionId,
    /// The workflow whose images it lies on.
    pub workflow: WorkflowId,
    /// The source whose images it lies on.
    pub source: String,
    /// What people call it.
    pub name: String,
    /// The place of its colour among those of series.
    pub colour: u8,
    /// What it encloses.
    pub area: Area,
    /// The units of the x axis and of the y axis that the area is given in. Bare numbers are in the units of the axes,
    /// whatever these are.
    pub units: [Unit; 2],
    /// Who changed it last, in words that people understand.
    pub changed_by: String,
}

impl Region {
    /// The job whose images it lies on.
    pub fn job(&self) -> JobId {
        JobId {
            workflow: self.workflow.clone(),
            source: self.source.clone(),
        }
    }

    /// Which one it is, as long as it encloses `area`: another number after each change of its shape, the same one after
    /// another name or colour.
    pub fn edition(&self, area: &Area) -> u64 {
        let area = serde_json::to_vec(area).expect("an area can be written as JSON");
        Uuid::new_v5(&self.id.0, &area).as_u64_pair().0
    }

    /// What it encloses on axes of these units; none where its own do not convert into them.
    pub fn area_in(&self, [x, y]: [&Unit; 2]) -> Option<Area> {
        let factor = |own: &Unit, axis: &Unit| match own.symbol() {
            "" => Some(1.0),
            _ => own.factor_to(axis),
        };
        let factors = [factor(&self.units[0], x)?, factor(&self.units[1], y)?];
        Some(self.area.scaled(factors))
    }

    /// The same region in the units of the axes of a figure; none where its own do not convert into them.
    pub fn in_units(self, units: &[Unit; 2]) -> Option<Self> {
        let area = self.area_in([&units[0], &units[1]])?;
        let units = units.clone();
        Some(Self {
            area,
            units,
            ..self
        })
    }

    /// Checks what can be told of it alone.
    ///
    /// # Errors
    /// With the field that cannot have its value, and what to do.
    pub fn check(&self) -> Result<(), (String, String)> {
        let fail = |field: &str, reason: String| Err((field.to_owned(), reason));
        if self.name.trim().is_empty() {
            return fail(
                "name",
                "a name is needed: write at least one letter".to_owned(),
            );
        }
        for (field, text) in [("name", &self.name), ("changed_by", &self.changed_by)] {
            if text.chars().count() > MAX_REGION_NAME_CHARS {
                let reason = format!("use at most {MAX_REGION_NAME_CHARS} characters");
                return fail(field, reason);
            }
            if text.chars().any(char::is_control) {
                return fail(
                    field,
                    "it holds a line break or another control character: remove it".to_owned(),
                );
            }
        }
        if usize::from(self.colour) >= N_SERIES_COLOURS {
            let last = N_SERIES_COLOURS - 1;
            return fail(
                "colour",
                format!("colour is {}: use 0 to {last}", self.colour),
            );
        }
        self.area.check().map_err(|error| {
            let field = format!("area.{}.{}", self.area.kind(), error.field);
            (field, error.reason)
        })
    }
}

/// A name and a colour for a new region that none of those beside it has; the first colour once all are in use.
pub fn free_look<'a>(beside: impl Iterator<Item = &'a Region> + Clone) -> (String, u8) {
    let n_beside = beside.clone().count();
    // Among so many numbers one is free.
    let names = (1..=n_beside + 1).map(|number| format!("Region {number}"));
    let mut names = names.filter(|name| beside.clone().all(|it| it.name != *name));
    let colours = 0..N_SERIES_COLOURS as u8;
    let mut colours = colours.filter(|colour| beside.clone().all(|it| it.colour != *colour));
    (
        names.next().unwrap_or_default(),
        colours.next().unwrap_or_default(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn region() -> Region {
        Region {
            id: RegionId::derived("r"),
            workflow: "dummy/panel_0_xy/1".parse().unwrap(),
            source: "panel_0".to_owned(),
            name: "Peak".to_owned(),
            colour: 2,
            area: Area::Ellipse {
                centre: [1.0, 2.0],
                radii: [0.5, 1.0],
            },
            units: [Unit::dimensionless(), Unit::new("mm")],
            changed_by: "page 1a2b".to_owned(),
        }
    }

    #[test]
    fn json_says_the_shape_by_its_kind() {
        let value = serde_json::to_value(region()).unwrap();
        assert_eq!(value["area"]["ellipse"]["radii"][0], 0.5);
        assert_eq!(value["units"][1], "mm");
        assert_eq!(serde_json::from_value::<Region>(value).unwrap(), region());
    }

    #[test]
    fn an_area_is_told_in_the_units_of_other_axes_where_they_convert() {
        let mut region = region();
        let [none, mm] = ["", "mm"].map(Unit::new);
        assert_eq!(region.area_in([&none, &mm]), Some(region.area.clone()));
        let in_cm = Area::Ellipse {
            centre: [1.0, 0.2],
            radii: [0.5, 0.1],
        };
        assert_eq!(region.area_in([&none, &Unit::new("cm")]), Some(in_cm));
        assert_eq!(region.area_in([&none, &Unit::new("deg")]), None);
        assert_eq!(region.area_in([&none, &none]), None);
        region.area = Area::Polygon {
            vertices: vec![[0.0, 0.0], [2.0, 0.0], [2.0, 5.0]],
        };
        let in_um = Area::Polygon {
            vertices: vec![[0.0, 0.0], [2.0, 0.0], [2.0, 5_000.0]],
        };
        assert_eq!(region.area_in([&none, &Unit::new("µm")]), Some(in_um));
    }

    #[test]
    fn bare_numbers_are_in_the_units_of_the_axes() {
        let region = region();
        let axes = ["m", "mm"].map(Unit::new);
        assert_eq!(
            region.area_in([&axes[0], &axes[1]]),
            Some(region.area.clone())
        );
        let shown = region.clone().in_units(&axes).unwrap();
        assert_eq!((&shown.units, &shown.area), (&axes, &region.area));
    }

    #[test]
    fn a_new_region_looks_like_none_beside_it() {
        let mut beside = [region(), region(), region()];
        beside[0].name = "Region 2".to_owned();
        beside[1].colour = 0;
        beside[2].name = "Region 1".to_owned();
        assert_eq!(free_look(beside.iter()), ("Region 3".to_owned(), 1));
        assert_eq!(free_look([].iter()), ("Region 1".to_owned(), 0));
        let all: Vec<Region> = (0..12)
            .map(|colour| Region { colour, ..region() })
            .collect();
        assert_eq!(free_look(all.iter()).1, 0);
    }

    #[test]
    fn what_does_not_fit_is_told_at_its_field() {
        type Change = fn(&mut Region);
        let changes: [(&str, Change); 5] = [
            ("name", |it| it.name = " ".to_owned()),
            ("name", |it| it.name = "a\nb".to_owned()),
            ("changed_by", |it| it.changed_by = "x".repeat(61)),
            ("colour", |it| it.colour = 12),
            ("area.ellipse.radii", |it| {
                it.area = Area::Ellipse {
                    centre: [0.0, 0.0],
                    radii: [0.0, 1.0],
                };
            }),
        ];
        assert_eq!(region().check(), Ok(()));
        for (field, change) in changes {
            let mut bad = region();
            change(&mut bad);
            assert_eq!(bad.check().unwrap_err().0, field);
        }
    }
}
