package dev.drillbook.site.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ContainerConfig;
import dev.drillbook.plan.ComponentSpec;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.timeline.DrillException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which image plays what: the plan's, else its service's, else one that is known to do. */
final class Images {
  private static final String PLAYS = "dev.drillbook.plays";
  private static final String LOCAL_JAVA = "drillbook/java:local";
  private static final String KNOWN_JAVA = "eclipse-temurin:17-jre";
  private static final String NETWORK = "network";
  private static final String TOOLBOX = "toolbox";
  private static final String LOCAL_TOOLBOX = "drillbook/toolbox:local";

  private final DockerClient docker;
  private final DrillPlan plan;
  private final boolean local;
  private final Map<String, InspectImageResponse> present = new HashMap<>();

  /**
   * @param local whether those that {@code drills/images/build} makes are used, whatever the plan
   *     says
   */
  Images(DockerClient docker, DrillPlan plan, boolean local) {
    this.docker = docker;
    this.plan = plan;
    this.local = local;
  }

  boolean areLocal() {
    return local;
  }

  /** Of a component. */
  String of(String component) {
    ComponentSpec spec = plan.components().get(component);
    if (spec instanceof ComponentSpec.Postgres) {
      return choose(component, "drillbook/postgres:local", "postgres:17");
    }
    if (spec instanceof ComponentSpec.PostgresStandby standby && !isNamed(component)) {
      return of(standby.of());
    }
    if (spec instanceof ComponentSpec.Redis) {
      return choose(component, "drillbook/redis:local", "redis:8");
    }
    if (spec instanceof ComponentSpec.Mongo) {
      return choose(component, "drillbook/mongo:local", "mongo:8");
    }
    if (spec instanceof ComponentSpec.ObjectStore) {
      return choose(component, "drillbook/s3:local", KNOWN_JAVA);
    }
    return choose(component, LOCAL_JAVA, KNOWN_JAVA);
  }

  /** Where programs of a plan run that are given as {@code {java}}, such as seeds. */
  String ofJava() {
    return local ? LOCAL_JAVA : KNOWN_JAVA;
  }

  private boolean isNamed(String name) {
    return !local && plan.image(name).isPresent();
  }

  private String choose(String name, String ours, String known) {
    return local ? ours : plan.image(name).orElse(known);
  }

  /** Of the Toxiproxy server. */
  String ofNetwork() {
    return choose(NETWORK, "drillbook/toxiproxy:local", "ghcr.io/shopify/toxiproxy:2.12.0");
  }

  /** Where all scripts run; empty where each runs in the image of what it works on. */
  Optional<String> toolbox() {
    return local ? Optional.of(LOCAL_TOOLBOX) : Optional.ofNullable(plan.images().get(TOOLBOX));
  }

  /** Where scripts that work on {@code component} run. */
  String ofScripts(String component) {
    return toolbox().orElseGet(() -> of(component));
  }

  /** What plays in it, as the image itself says; else its name. */
  String describe(String image) {
    return label(image).map(plays -> plays + ", image " + image).orElse("image " + image);
  }

  private Optional<String> label(String image) {
    return config(image).map(config -> config.getLabels()).map(labels -> labels.get(PLAYS));
  }

  /** The program that it runs by itself; none where a command has to be given. */
  List<String> entrypoint(String image) {
    return config(image)
        .map(config -> config.getEntrypoint())
        .map(Arrays::asList)
        .orElse(List.of());
  }

  /** The arguments that it gives that program, or the program itself where it has no other. */
  List<String> command(String image) {
    return config(image).map(config -> config.getCmd()).map(Arrays::asList).orElse(List.of());
  }

  /** Where its program works. */
  String folder(String image) {
    return config(image)
        .map(config -> config.getWorkingDir())
        .filter(folder -> !folder.isEmpty())
        .orElse("/");
  }

  private Optional<ContainerConfig> config(String image) {
    return Optional.ofNullable(require(image).getConfig());
  }

  /**
   * The image, pulled if it is not here.
   *
   * @throws DrillException if it is not here and cannot be pulled, or its registry keeps silent
   */
  synchronized InspectImageResponse require(String image) {
    return present.computeIfAbsent(
        image,
        name -> {
          try {
            return docker.inspectImageCmd(name).exec();
          } catch (NotFoundException notHere) {
            if (local) {
              throw new DrillException(
                  "the image " + name + " is not here", "make it: drills/images/build");
            }
            new Pull(docker, name, Pull.SILENT_FOR).await();
            return docker.inspectImageCmd(name).exec();
          }
        });
  }
}
