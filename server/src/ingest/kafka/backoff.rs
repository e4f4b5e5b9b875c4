//! How long to wait before trying again.

use std::time::Duration;

/// Doubles from attempt to attempt, up to a limit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Backoff {
    first: Duration,
    longest: Duration,
    next: Duration,
}

impl Backoff {
    pub(super) fn new(first: Duration, longest: Duration) -> Self {
        Self {
            first,
            longest,
            next: first,
        }
    }

    /// The wait after one more failure.
    pub(super) fn fail(&mut self) -> Duration {
        let wait = self.next;
        self.next = (wait * 2).min(self.longest);
        wait
    }

    /// All is well; the next failure is the first again.
    pub(super) fn succeed(&mut self) {
        self.next = self.first;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_limit_and_start_over() {
        let ms = Duration::from_millis;
        let mut backoff = Backoff::new(ms(250), ms(1500));
        let waits: Vec<_> = (0..5).map(|_| backoff.fail()).collect();
        assert_eq!(waits, [ms(250), ms(500), ms(1000), ms(1500), ms(1500)]);
        backoff.succeed();
        assert_eq!(backoff.fail(), ms(250));
    }
}
