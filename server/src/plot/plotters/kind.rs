//! Kinds of plotters: what people are told of each, which data it takes, and how it is made.

use std::sync::Arc;

use shared::job::OutputInfo;
use shared::params::{ParamError, Schema};
use shared::plot::{PlotterInfo, RoleInfo};
use shared::topology::{DataRole, JsonText};

use super::Plotter;

/// One kind of plotter.
pub(super) struct Kind {
    /// The name in a layer's configuration, kept for ever.
    pub(super) name: &'static str,
    /// What people call it.
    pub(super) title: &'static str,
    /// What it draws.
    pub(super) description: &'static str,
    /// The data that it takes; none for static geometry.
    pub(super) roles: &'static [RoleKind],
    /// True when its layers share a cell with no other.
    pub(super) is_alone: bool,
    /// Its parameters.
    pub(super) schema: fn() -> Schema,
    /// Makes one from its parameters.
    pub(super) make: fn(&JsonText) -> Result<Arc<dyn Plotter>, ParamError>,
}

/// Data that a plotter takes.
pub(super) struct RoleKind {
    /// What they are to it.
    pub(super) role: DataRole,
    /// Whether a layer must name them.
    pub(super) is_required: bool,
    /// Sources of one layer at most.
    pub(super) max_sources: usize,
    /// Whether an output fits, told from its declaration.
    pub(super) takes: fn(&OutputInfo) -> bool,
}

impl RoleKind {
    /// What is plotted, which every layer names.
    pub(super) const fn primary(max_sources: usize, takes: fn(&OutputInfo) -> bool) -> Self {
        Self {
            role: DataRole::Primary,
            is_required: true,
            max_sources,
            takes,
        }
    }

    fn info(&self) -> RoleInfo {
        RoleInfo {
            role: self.role,
            is_required: self.is_required,
            max_sources: self.max_sources as u32,
        }
    }
}

impl Kind {
    /// What people are told of it.
    pub(super) fn info(&self) -> PlotterInfo {
        PlotterInfo {
            name: self.name.to_owned(),
            title: self.title.to_owned(),
            description: self.description.to_owned(),
            roles: self.roles.iter().map(RoleKind::info).collect(),
            is_alone: self.is_alone,
            schema: (self.schema)(),
        }
    }

    /// Whether it takes an output in a role.
    pub(super) fn takes(&self, role: DataRole, output: &OutputInfo) -> bool {
        let mut roles = self.roles.iter();
        roles.any(|it| it.role == role && (it.takes)(output))
    }
}
