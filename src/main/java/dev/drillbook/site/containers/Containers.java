package dev.drillbook.site.containers;

import com.github.dockerjava.api.DockerClient;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.site.Site;
import dev.drillbook.site.SiteSettings;
import dev.drillbook.site.embedded.EmbeddedSite;
import dev.drillbook.timeline.DrillException;
import java.util.List;
import java.util.Map;

/** Makes sites of containers, all on one engine. */
public final class Containers {
  private final Map<String, String> environment;
  private final boolean localImages;
  private DockerClient docker;

  /**
   * Asks for nothing yet.
   *
   * @param environment as from {@link System#getenv()}
   * @param localImages whether those that {@code drills/images/build} makes are used, whatever a
   *     plan says
   */
  public Containers(Map<String, String> environment, boolean localImages) {
    this.environment = environment;
    this.localImages = localImages;
  }

  /**
   * Makes a site for {@code plan} that runs nothing yet.
   *
   * @throws DrillException if there is no engine on this machine that can be used
   */
  public Site create(DrillPlan plan, SiteSettings settings) {
    DockerClient engine = docker();
    Images images = new Images(engine, plan, localImages);
    return EmbeddedSite.create(
        plan,
        settings,
        base -> new ContainersHost(engine, images, new AppStarts(plan, images), base));
  }

  /**
   * Removes the containers that our runs that were killed have left on this machine.
   *
   * @return what was removed, in words
   */
  public List<String> sweepLeftovers() {
    try {
      return Leftovers.sweep(docker(), Owner.of(EmbeddedSite.userId()), EmbeddedSite::isAbandoned);
    } catch (DrillException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new DrillException(
          "Docker's engine cannot be asked for what runs have left: " + e.getMessage(),
          "does it run? else use -Ddrill.site=embedded",
          e);
    }
  }

  private synchronized DockerClient docker() {
    if (docker == null) {
      requireTestcontainers();
      docker = Docker.connect(environment);
    }
    return docker;
  }

  private static void requireTestcontainers() {
    try {
      Class.forName(
          "org.testcontainers.DockerClientFactory", false, Containers.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new DrillException(
          "the class path lacks Testcontainers",
          "add org.testcontainers:testcontainers to the project, in the scope of its tests, or run on -Ddrill.site=embedded",
          e);
    }
  }
}
