package dev.drillbook.site.embedded;

import dev.drillbook.timeline.DrillException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program of ours that plays a server which this machine does not have, in a JVM of its own with
 * our class path.
 *
 * @param main its main class
 * @param played what it plays, for messages
 * @param needed a class of the library that it is made of, which a team's project adds where a plan
 *     has such a store
 * @param coordinates the library's, as for a build tool
 * @param heapMegabytes as much as its heap may grow to
 */
record StandIn(
    String main, String played, String needed, List<String> coordinates, int heapMegabytes) {

  /**
   * The command that runs it.
   *
   * @throws DrillException if the library is not on the class path
   */
  List<String> command(List<String> arguments) {
    requireLibrary();
    List<String> command = new ArrayList<>(java(heapMegabytes, main));
    command.addAll(arguments);
    return command;
  }

  /** How a class of our own class path is run in a JVM that is small and quickly there. */
  static List<String> java(int heapMegabytes, String main) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx" + heapMegabytes + "m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xshare:auto",
        "-cp",
        System.getProperty("java.class.path"),
        main);
  }

  private void requireLibrary() {
    try {
      Class.forName(needed, false, StandIn.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new DrillException(
          "nothing on this machine can play " + played + ": the class path lacks " + needed,
          "add to the project, in the scope of its tests: " + String.join(", ", coordinates),
          e);
    }
  }
}
