package dev.drillbook.fault;

import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/** Changes of single files. */
final class FileFault {
  private FileFault() {}

  interface Change {
    void make() throws IOException;
  }

  static ActiveFault inject(String what, List<String> hit, Change change, Supplier<Bite> look) {
    try {
      change.make();
    } catch (IOException e) {
      throw new DrillException("could not " + what + ": " + e, "check the files' owner", e);
    }
    return ActiveFault.over(hit, look);
  }

  interface Look {
    Bite look() throws IOException;
  }

  /** A file that cannot be looked at is not seen to be hit. */
  static Supplier<Bite> looking(Look look) {
    return () -> {
      try {
        return look.look();
      } catch (IOException e) {
        return Bite.of(false, "it cannot be looked at: " + e);
      }
    };
  }
}
