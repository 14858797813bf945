/**
 * How a drill becomes a JUnit test: the annotation, the extension behind it, and the settings of
 * the command line.
 */
package dev.drillbook.junit;
