/**
 * Measurements for the README, run by {@code mvn verify -Pbenchmark}; they print figures and assert
 * none.
 */
package dev.drillbook.benchmark;
