//! A matrix to be shown as an image, with the picture that it comes from.

use std::ops::{Deref, DerefMut};

use shared::plot::{self, Cut};

use super::LayerPicture;

/// What a picture shows as an image.
#[derive(Clone, Debug)]
pub(super) struct Surface<'a> {
    pub(super) picture: &'a LayerPicture,
    shown: plot::Surface<'a>,
}

impl<'a> Surface<'a> {
    /// The surface of a picture; none if it is not one of images, or if its shape does not fit its values.
    pub(super) fn of(picture: &'a LayerPicture, cut: Cut) -> Option<Self> {
        let shown = plot::Surface::of(&picture.frame, cut)?;
        Some(Self { picture, shown })
    }
}

impl<'a> Deref for Surface<'a> {
    type Target = plot::Surface<'a>;

    fn deref(&self) -> &Self::Target {
        &self.shown
    }
}

impl DerefMut for Surface<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.shown
    }
}
