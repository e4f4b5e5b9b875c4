//! Messages from a Kafka broker, and to one.
//!
//! The source reads every partition of the instrument's topics by itself, without a consumer group:
//! nothing is committed, nothing is replayed, and two servers never share a stream. Whatever is
//! missing (the broker, a topic, a leader) is told in the status and tried again.

mod assignment;
mod backoff;
mod config;
mod context;
mod gate;
mod health;
mod listing;
mod position;
mod publish;
mod source;

pub use config::{BrokersError, KafkaConfig, StartAt, StartAtError};
pub use publish::{KafkaPublisher, PublishError, PublishReport};
pub use source::KafkaSource;
