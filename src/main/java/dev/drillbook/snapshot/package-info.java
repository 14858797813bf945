/**
 * What a database held at one instant: its rows as fingerprints that can be compared and, where
 * they differ, narrowed down to the rows; its catalogue as definitions.
 */
package dev.drillbook.snapshot;
