package dev.drillbook.report.allure;

import io.qameta.allure.AllureLifecycle;
import io.qameta.allure.model.Attachment;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Writes attachments; whoever asks for one puts it where it belongs. */
final class Attachments {
  private final AllureLifecycle lifecycle;

  Attachments(AllureLifecycle lifecycle) {
    this.lifecycle = lifecycle;
  }

  Attachment text(String name, String content) {
    return write(name, "text/plain", ".txt", content);
  }

  Attachment json(String name, String content) {
    return write(name, "application/json", ".json", content);
  }

  Attachment svg(String name, String content) {
    return write(name, "image/svg+xml", ".svg", content);
  }

  Attachment csv(String name, String content) {
    return write(name, "text/csv", ".csv", content);
  }

  private Attachment write(String name, String type, String extension, String content) {
    String source = UUID.randomUUID() + "-attachment" + extension;
    lifecycle.writeAttachment(
        source, new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
    return new Attachment().setName(name).setType(type).setSource(source);
  }
}
