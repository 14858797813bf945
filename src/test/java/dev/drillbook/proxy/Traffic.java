package dev.drillbook.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

/** Random bytes in random chunks, hashed at both ends. */
final class Traffic {
  private Traffic() {}

  /** Sends so many bytes and then the end; the result is their hash. */
  static CompletableFuture<String> send(
      ExecutorService threads, Socket socket, long bytes, long seed) {
    return CompletableFuture.supplyAsync(
        () -> {
          SplittableRandom random = new SplittableRandom(seed);
          MessageDigest digest = sha256();
          try {
            OutputStream out = socket.getOutputStream();
            for (long left = bytes; left > 0; ) {
              byte[] chunk = new byte[(int) Math.min(left, 1 + random.nextInt(20_000))];
              random.nextBytes(chunk);
              out.write(chunk);
              digest.update(chunk);
              left -= chunk.length;
            }
            socket.shutdownOutput();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return HexFormat.of().formatHex(digest.digest());
        },
        threads);
  }

  /** Reads to the end; the result is the hash of what came. */
  static CompletableFuture<String> receive(ExecutorService threads, Socket socket, long seed) {
    return CompletableFuture.supplyAsync(
        () -> {
          SplittableRandom random = new SplittableRandom(seed);
          MessageDigest digest = sha256();
          try {
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[30_000];
            int length;
            while ((length = in.read(buffer, 0, 1 + random.nextInt(buffer.length))) >= 0) {
              digest.update(buffer, 0, length);
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return HexFormat.of().formatHex(digest.digest());
        },
        threads);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
