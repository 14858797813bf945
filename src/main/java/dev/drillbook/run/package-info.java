/**
 * One drill from start to end: what an author declares, the runner that carries it out, and the
 * frozen record of it.
 */
package dev.drillbook.run;
