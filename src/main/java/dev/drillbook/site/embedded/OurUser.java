package dev.drillbook.site.embedded;

import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;

/** Who owns what we make. A container's user may have a number and no name, so nobody is asked. */
final class OurUser {
  private static final UserPrincipal OURS = find();

  private OurUser() {}

  static UserPrincipal get() {
    return OURS;
  }

  private static UserPrincipal find() {
    try {
      Path made = Files.createTempFile("drillbook", ".owner");
      try {
        return Files.getOwner(made);
      } finally {
        Files.delete(made);
      }
    } catch (IOException e) {
      throw new DrillException(
          "no file could be made in " + System.getProperty("java.io.tmpdir") + ": " + e,
          "is the disk full? another folder can be set with -Djava.io.tmpdir",
          e);
    }
  }
}
