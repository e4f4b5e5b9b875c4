//! The Kafka source against a real broker process, and against a broker that fails on purpose.

mod broker;
mod faults;
mod fixture;
mod real;
