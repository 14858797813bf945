package dev.drillbook.site.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import dev.drillbook.site.Site;
import dev.drillbook.site.embedded.EmbeddedSite;
import dev.drillbook.timeline.DrillException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What this machine has of what sites of containers take. */
public final class LocalEngine {
  private static final List<String> IMAGES =
      List.of(
          "drillbook/postgres:local",
          "drillbook/redis:local",
          "drillbook/java:local",
          "drillbook/mongo:local",
          "drillbook/s3:local",
          "drillbook/toxiproxy:local",
          "drillbook/toolbox:local");

  private LocalEngine() {}

  /** Why no site of containers can be had here; empty where one can. */
  public static Optional<String> missing() {
    try {
      DockerClient docker = Docker.connect(System.getenv());
      for (String image : IMAGES) {
        docker.inspectImageCmd(image).exec();
      }
      return Optional.empty();
    } catch (DrillException e) {
      return Optional.of(e.getMessage());
    } catch (NotFoundException e) {
      return Optional.of("an image is missing, see drills/images/build: " + e.getMessage());
    }
  }

  /** Skips the test, with the reason, where no site of containers can be had. */
  static void require() {
    Optional<String> missing = missing();
    assumeTrue(missing.isEmpty(), () -> missing.orElseThrow());
  }

  /** Closes a site and finds nothing left of it; null for one that was never made. */
  static void close(Site site) {
    if (site != null) {
      site.close();
      assertThat(site.leftovers()).isEmpty();
      assertThat(labelled(site)).as("containers that are left").isEmpty();
    }
  }

  /** The containers of a site, whether they run or not. */
  static List<Container> labelled(Site site) {
    String path = ((EmbeddedSite) site).path().toString();
    return Docker.connect(System.getenv())
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(Map.of(ContainersHost.SITE_LABEL, path))
        .exec();
  }
}
