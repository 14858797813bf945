package dev.drillbook.site.containers;

import static dev.drillbook.site.embedded.KeptConnection.askOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.drillbook.plan.PlanLoader;
import dev.drillbook.site.App;
import dev.drillbook.site.Disturbance;
import dev.drillbook.site.ServiceAddress;
import dev.drillbook.site.Site;
import dev.drillbook.site.SiteSettings;
import dev.drillbook.site.Transcript;
import dev.drillbook.site.embedded.EchoApp;
import dev.drillbook.site.embedded.KeptConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An address before containers: Toxiproxy has to reach itself. */
class AddressInContainersIT {
  private static final String ASK =
      """
      #!/usr/bin/env bash
      set -euo pipefail
      exec 3<>"/dev/tcp/$1/$2"
      printf 'GET /COLOUR HTTP/1.1\\r\\nHost: tiny\\r\\nConnection: close\\r\\n\\r\\n' >&3
      cat <&3
      """;

  @TempDir Path folder;
  private Site site;

  @BeforeEach
  void make() throws IOException {
    LocalEngine.require();
    Path script = Files.createDirectories(folder.resolve("scripts")).resolve("ask.sh");
    Files.writeString(script, ASK);
    assertThat(script.toFile().setExecutable(true)).isTrue();
    Path plan =
        Files.writeString(
            folder.resolve("plan.yaml"),
            """
            system: tiny
            title: What has two places and one name
            components:
              blue: {kind: app, command: %1$s, health: /HOME, environment: {COLOUR: blue}}
              green: {kind: app, command: %1$s, health: /HOME, environment: {COLOUR: green}}
              front: {kind: app, command: %1$s, health: /HOME, needs: [www]}
              www: {kind: address, of: blue}
            scenarios:
              loss:
                title: Loss
                severity: P1
                rto: 1h
                steps:
                  - {id: fail-over, kind: automated, budget: 1m, restore: true}
            """
                .formatted("[\"{java}\", -cp, \"{classpath}\", " + EchoApp.class.getName() + "]"));
    site =
        new Containers(System.getenv(), true)
            .create(PlanLoader.load(plan), SiteSettings.ofScale(1));
  }

  @AfterEach
  void close() {
    LocalEngine.close(site);
  }

  @Test
  void clientsFromInsideAndOutsideFollowIt() throws Exception {
    ServiceAddress www = site.address("www");
    App blue = site.app("blue");
    App green = site.app("green");
    App front = site.app("front");
    site.bringUp();
    assertThat(askOnce(front, "WWW_HOST")).isEqualTo("network");
    assertThat(askOnce(www, "COLOUR")).isEqualTo("blue");
    assertThat(askWithin(front)).endsWith("blue");

    Disturbance cut = blue.cut();
    assertThatThrownBy(() -> askOnce(www, "COLOUR")).isInstanceOf(IOException.class);
    cut.end();
    await().ignoreExceptions().until(() -> askOnce(www, "COLOUR").equals("blue"));

    try (KeptConnection stays = new KeptConnection(www)) {
      assertThat(stays.ask("COLOUR")).isEqualTo("blue");
      www.pointTo(green);
      assertThatThrownBy(() -> stays.ask("COLOUR")).isInstanceOf(IOException.class);
    }
    await().ignoreExceptions().until(() -> askOnce(www, "COLOUR").equals("green"));
    assertThat(askWithin(front)).endsWith("green");
    blue.kill();
    assertThat(askOnce(www, "COLOUR")).isEqualTo("green");

    cut = www.cut();
    www.pointTo(blue);
    assertThatThrownBy(() -> askOnce(www, "COLOUR")).isInstanceOf(IOException.class);
    cut.end();
    blue.start();
    await().ignoreExceptions().until(() -> askOnce(www, "COLOUR").equals("blue"));
  }

  /** What an app in a container sees, from what it was told. */
  private String askWithin(App app) throws Exception {
    Transcript transcript = new Transcript(site.secrets());
    app.script("ask.sh", askOnce(app, "WWW_HOST"), askOnce(app, "WWW_PORT"))
        .perform(transcript, Duration.ofSeconds(30));
    return transcript.tail(1).get(0);
  }
}
