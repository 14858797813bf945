package dev.drillbook.run;

/** What a drill ran on, since its times mean nothing without it. */
public record Machine(
    String os, String architecture, int processors, long maxHeapBytes, String java) {

  /** The machine that runs this JVM. */
  public static Machine here() {
    Runtime runtime = Runtime.getRuntime();
    return new Machine(
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("os.arch"),
        runtime.availableProcessors(),
        runtime.maxMemory(),
        System.getProperty("java.vm.version"));
  }
}
