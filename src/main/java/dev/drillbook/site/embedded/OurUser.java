package dev.drillbook.site.embedded;

import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;

/** Who owns what we make. A container's user may have a number and no name, so nobody is asked. */
final class OurUser {
  private static final OurUser OURS = find();

  private final UserPrincipal principal;
  private final int id;

  private final int group;

  private OurUser(UserPrincipal principal, int id, int group) {
    this.principal = principal;
    this.id = id;
    this.group = group;
  }

  static UserPrincipal get() {
    return OURS.principal;
  }

  /** The number. */
  static int id() {
    return OURS.id;
  }

  /** The number of the group. */
  static int group() {
    return OURS.group;
  }

  private static OurUser find() {
    try {
      Path made = Files.createTempFile("drillbook", ".owner");
      try {
        return new OurUser(
            Files.getOwner(made),
            (Integer) Files.getAttribute(made, "unix:uid"),
            (Integer) Files.getAttribute(made, "unix:gid"));
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
