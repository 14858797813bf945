package dev.drillbook.site.embedded;

import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Whom a server runs as. PostgreSQL refuses to run as root, so root starts it in a user namespace
 * of its own, where it is nobody and its files stay root's; where that is forbidden, as the user
 * 65534, whom its files are given to.
 */
enum ServerUser {
  /** As whoever we are. */
  OURSELVES,
  /** The IPC namespace lets the kernel remove the shared memory of a server that was killed. */
  USER_NAMESPACE,
  /** As the user 65534. */
  NOBODY;

  private static final int NOBODY_ID = 65534;

  private List<String> prefix() {
    return switch (this) {
      case OURSELVES -> List.of();
      case USER_NAMESPACE -> List.of("unshare", "--user", "--ipc", "--");
      case NOBODY -> List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--");
    };
  }

  /**
   * The first that works here for the owner of {@code folder}.
   *
   * @throws DrillException if we are root and none does
   */
  static ServerUser choose(Path folder) {
    if (uid(folder) != 0) {
      return OURSELVES;
    }
    for (ServerUser user : List.of(USER_NAMESPACE, NOBODY)) {
      if (user.works()) {
        return user;
      }
    }
    throw new DrillException(
        "we are root, and PostgreSQL refuses to run as root; neither unshare nor setpriv can start it as somebody else",
        "run the drill as an ordinary user, or install util-linux");
  }

  /** The command that runs {@code command} as this user. */
  List<String> run(List<String> command) {
    List<String> whole = new ArrayList<>(prefix());
    whole.addAll(command);
    return whole;
  }

  /** Lets this user own {@code path} and what is in it, where it is not us already. */
  void own(Path path) {
    if (this != NOBODY) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.toList()) {
        Files.setAttribute(each, "unix:uid", NOBODY_ID, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(each, "unix:gid", NOBODY_ID, LinkOption.NOFOLLOW_LINKS);
      }
    } catch (IOException e) {
      throw new DrillException(
          path + " could not be given to the user nobody: " + e.getMessage(),
          "check the file system's owner",
          e);
    }
  }

  private boolean works() {
    try {
      Process probe =
          new ProcessBuilder(run(List.of("true")))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return probe.waitFor(5, TimeUnit.SECONDS) && probe.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static int uid(Path folder) {
    try {
      return (Integer) Files.getAttribute(folder, "unix:uid");
    } catch (IOException e) {
      throw new DrillException(
          folder + " cannot be looked at: " + e.getMessage(), "check the folder", e);
    }
  }
}
