package dev.drillbook.site.embedded;

import dev.drillbook.site.Starvable.Limit;
import dev.drillbook.site.Starvable.Resource;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Limits of running processes, by prlimit(1) of util-linux. */
final class ProcessLimits {
  private ProcessLimits() {}

  /**
   * One a process that still runs.
   *
   * @throws DrillException if there is no prlimit
   */
  static List<Limit> of(List<Long> processes, Resource resource, long most) {
    List<Limit> limits = new ArrayList<>();
    for (long process : processes) {
      List<String> ask =
          List.of(
              "prlimit",
              "--pid=" + process,
              "--" + resource.option(),
              "--raw",
              "--noheadings",
              "--output=SOFT");
      String before = answer(ask);
      if (!before.isEmpty()) {
        limits.add(
            new Limit(
                process,
                set(process, resource, String.valueOf(most)),
                set(process, resource, before)));
      }
    }
    return limits;
  }

  /** The soft limit alone: the hard one could not be raised again by everybody. */
  private static List<String> set(long process, Resource resource, String value) {
    return List.of("prlimit", "--pid=" + process, "--" + resource.option() + "=" + value + ":");
  }

  /** Empty where the process is gone. */
  private static String answer(List<String> command) {
    try {
      Process prlimit =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String answer =
          new String(prlimit.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return prlimit.waitFor(5, TimeUnit.SECONDS) && prlimit.exitValue() == 0 ? answer : "";
    } catch (IOException e) {
      throw new DrillException(
          "no process can be starved here: there is no prlimit",
          "it is part of util-linux, on Linux only; drill another fault elsewhere",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
