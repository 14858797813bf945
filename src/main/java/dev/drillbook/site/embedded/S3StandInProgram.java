package dev.drillbook.site.embedded;

import java.nio.file.Path;
import java.util.List;

/** Our stand-in for S3, in a JVM with our class path. */
record S3StandInProgram() implements StorePrograms.OfObjectStore {
  static final StandIn STAND_IN =
      new StandIn(
          "dev.drillbook.site.embedded.standin.S3StandIn",
          "an S3 object store",
          "org.gaul.s3proxy.S3Proxy",
          List.of("org.gaul:s3proxy:4.1.0"),
          192);

  @Override
  public String describe() {
    return "a stand-in for S3 (S3Proxy 4.1.0 with versioning: no policies, lifecycle or object lock)";
  }

  @Override
  public List<String> serverCommand(Path folder, int port, Path accounts, String listenAddress) {
    return STAND_IN.command(
        List.of(folder.toString(), String.valueOf(port), accounts.toString(), listenAddress));
  }
}
