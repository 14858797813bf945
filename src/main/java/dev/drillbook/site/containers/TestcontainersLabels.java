package dev.drillbook.site.containers;

import java.util.HashMap;
import java.util.Map;
import org.testcontainers.DockerClientFactory;

/** What Testcontainers' own reaper, Ryuk, knows containers of this JVM by, where it runs. */
final class TestcontainersLabels {
  private TestcontainersLabels() {}

  static Map<String, String> ofThisSession() {
    Map<String, String> labels = new HashMap<>(DockerClientFactory.DEFAULT_LABELS);
    labels.put(DockerClientFactory.TESTCONTAINERS_SESSION_ID_LABEL, DockerClientFactory.SESSION_ID);
    return labels;
  }
}
