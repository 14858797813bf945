package dev.drillbook.site.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Network;
import dev.drillbook.timeline.DrillException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Containers and networks of a site, by their label. */
final class Leftovers {
  private Leftovers() {}

  /**
   * Removes those of one site.
   *
   * @return what could not be removed, in words
   */
  static List<String> remove(DockerClient docker, String site) {
    List<String> left = new ArrayList<>();
    Map<String, String> label = Map.of(ContainersHost.SITE_LABEL, site);
    docker
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(label)
        .exec()
        .forEach(
            found -> {
              try {
                new Container(docker, found.getId(), found.getNames()[0].substring(1)).remove();
              } catch (DrillException e) {
                left.add(e.problem());
              }
            });
    for (Network network : docker.listNetworksCmd().exec()) {
      if (site.equals(labels(network).get(ContainersHost.SITE_LABEL))) {
        try {
          docker.removeNetworkCmd(network.getId()).exec();
        } catch (NotFoundException removed) {
          // By somebody else.
        } catch (DockerException e) {
          left.add("network " + network.getName() + " could not be removed: " + e.getMessage());
        }
      }
    }
    return left;
  }

  private static Map<String, String> labels(Network network) {
    return network.getLabels() == null ? Map.of() : network.getLabels();
  }

  /**
   * Removes those of every site of {@code owner} that {@code isAbandoned}.
   *
   * @return what was done, in words
   */
  static List<String> sweep(DockerClient docker, Owner owner, Predicate<Path> isAbandoned) {
    Set<String> sites =
        Stream.concat(
                docker.listContainersCmd().withShowAll(true).exec().stream()
                    .map(container -> container.getLabels()),
                docker.listNetworksCmd().exec().stream().map(Leftovers::labels))
            .filter(Objects::nonNull)
            .filter(owner::owns)
            .map(labels -> labels.get(ContainersHost.SITE_LABEL))
            .filter(Objects::nonNull)
            .collect(Collectors.toCollection(TreeSet::new));
    List<String> swept = new ArrayList<>();
    for (String site : sites) {
      if (isAbandoned.test(Path.of(site))) {
        List<String> left = remove(docker, site);
        swept.addAll(
            left.isEmpty()
                ? List.of("removed the containers of " + site + ", which a killed run had left")
                : left);
      }
    }
    return swept;
  }
}
