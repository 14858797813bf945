/** The command line: {@code java -jar drillbook.jar --help}. */
package dev.drillbook.cli;
