package dev.drillbook.site.embedded.standin;

import dev.drillbook.site.embedded.standin.nio2blob.VersionedFiles;
import java.net.URI;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;

/**
 * Plays an S3 object store: {@code S3StandIn DATA_FOLDER PORT ACCOUNTS_FILE [BIND_ADDRESS]}, on the
 * loopback address unless another is given, as a container needs it.
 */
public final class S3StandIn {

  private static final String LOOPBACK = "127.0.0.1";

  /** A frozen disk or a crowd of clients must not keep a site's own requests out. */
  private static final int THREADS = 64;

  private static final long STOPPED_WITHIN_MILLIS = 5_000;

  private S3StandIn() {}

  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[1]);
    String host = arguments.length > 3 ? arguments[3] : LOOPBACK;
    BlobStore store = VersionedFiles.open(Path.of(arguments[0]));
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(store)
            .endpoint(new URI("http", null, host, port, null, null, null))
            // Its own account is replaced by the doorman's, below.
            .awsAuthentication(AuthenticationType.AWS_V4, "nobody", "nothing")
            .jettyMaxThreads(THREADS)
            .stopTimeout(STOPPED_WITHIN_MILLIS)
            .build();
    server.setBlobStoreLocator(new S3Doorman(Path.of(arguments[2]), store));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop"));
    server.start();
  }

  private static void stop(S3Proxy server) {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the server could not be stopped in good order", e);
    }
  }
}
