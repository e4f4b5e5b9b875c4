//! The pages and plots of Beamdeck.
