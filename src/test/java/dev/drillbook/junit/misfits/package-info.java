/** Drills that do not fit their plan; never run, only held against it. */
package dev.drillbook.junit.misfits;
