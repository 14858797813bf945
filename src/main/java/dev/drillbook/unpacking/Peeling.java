package dev.drillbook.unpacking;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import dev.drillbook.timeline.DrillException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One stored file with its layers taken off, as far as an archive of files or the dump itself. What
 * a layer is, its first bytes say; that they are what the name claims is checked on the way.
 */
final class Peeling implements AutoCloseable {
  static final int HEAD_BYTES = 64 * 1024;

  private static final int MOST_LAYERS = 6;

  private final Stored file;
  private final Budget budget;
  private final Supplier<KeyFolder> keys;
  private final Claims claims;
  private final List<String> stages = new ArrayList<>();
  private final List<Metered> meters = new ArrayList<>();

  /** By stage, what the one before it had taken for its first bytes when this one began. */
  private final List<Long> nanosOfFirst = new ArrayList<>();

  private Optional<Layer> outer = Optional.empty();
  private InputStream content;
  private byte[] head;
  private long nanosOfHead;

  private Peeling(Stored file, Budget budget, Supplier<KeyFolder> keys) {
    this.file = file;
    this.budget = budget;
    this.keys = keys;
    this.claims = Claims.of(file.name());
  }

  /**
   * @param keepCompressed whether the tool that restores it takes it compressed as it is
   */
  static Peeling of(Stored file, boolean keepCompressed, Budget budget, Supplier<KeyFolder> keys) {
    Peeling peeling = new Peeling(file, budget, keys);
    try {
      peeling.download();
      peeling.peel(keepCompressed);
      return peeling;
    } catch (IOException e) {
      peeling.close();
      throw new DrillException(file.name() + " cannot be read: " + e, "check its store", e);
    } catch (RuntimeException e) {
      peeling.close();
      throw e;
    }
  }

  private void download() throws IOException {
    add(
        Stage.DOWNLOAD,
        file.bytes().open(),
        Budget.Watch.NONE,
        (bytes, failure) ->
            new DrillException(
                file.name() + " cannot be read on after " + bytes + " bytes: " + failure,
                "check its store and the way to it",
                failure));
  }

  private void peel(boolean keepCompressed) throws IOException {
    for (int depth = 0; ; depth++) {
      look();
      Optional<Layer> layer = Layer.of(head);
      if (layer.isEmpty() || layer.get() == Layer.TAR) {
        return;
      }
      if (keepCompressed && !layer.get().isEncryption()) {
        return;
      }
      if (depth == MOST_LAYERS) {
        throw new DrillException(
            file.name() + " is wrapped more than " + MOST_LAYERS + " times",
            "no backup job does that; see where it comes from");
      }
      claims.meet(layer.get());
      take(layer.get());
    }
  }

  private void look() throws IOException {
    content = new BufferedInputStream(last(), HEAD_BYTES);
    content.mark(HEAD_BYTES);
    head = content.readNBytes(HEAD_BYTES);
    content.reset();
    nanosOfHead = last().nanos();
    if (head.length == 0) {
      throw new DrillException(
          file.name() + " is empty" + within(),
          "look at the job that writes it: did its dump fail, and was that noticed?");
    }
  }

  private void take(Layer layer) throws IOException {
    mayBecome(layer);
    InputStream in = content;
    InputStream out;
    if (layer.isEncryption()) {
      out = ToolStream.start(keys.get().tool(layer), in, said -> notDecrypted(layer, said));
    } else {
      try {
        out = layer.decompress(in);
      } catch (IOException | RuntimeException e) {
        throw damaged(layer, 0, e);
      }
    }
    outer = Optional.of(layer);
    add(
        layer.stage(),
        out,
        budget.watch(file.name(), meters.get(0)),
        (bytes, failure) -> damaged(layer, bytes, failure));
  }

  /** What a header promises is judged before anything is written. */
  private void mayBecome(Layer layer) {
    if (layer == Layer.ZSTD) {
      try {
        budget.mayCome(file.name(), Math.max(Zstd.getFrameContentSize(head), 0));
      } catch (ZstdException doesNotSay) {
        // What was compressed as it came has no size in its header.
      }
    }
  }

  private void add(String stage, InputStream in, Budget.Watch watch, Metered.Trouble trouble) {
    stages.add(stage);
    nanosOfFirst.add(meters.isEmpty() ? 0 : last().nanos());
    meters.add(new Metered(in, watch, trouble));
  }

  private Metered last() {
    return meters.get(meters.size() - 1);
  }

  private DrillException notDecrypted(Layer layer, String said) {
    return new DrillException(
        file.name() + " cannot be decrypted by " + layer.word() + ": " + said,
        layer == Layer.OPENSSL
            ? "wrong key or options, or the file is damaged"
            : "wrong key, or the file is damaged or cut off");
  }

  private DrillException damaged(Layer layer, long bytes, Exception failure) {
    return new DrillException(
        file.name()
            + " is damaged or cut off: its "
            + layer.word()
            + " cannot be read after "
            + bytes
            + " bytes: "
            + Layer.says(failure),
        "compare it with what was stored at first, and look at the job that writes it",
        failure);
  }

  /** Nothing in it is known; after OpenSSL, that is how a wrong key shows. */
  DrillException unknown() {
    String begins = HexFormat.ofDelimiter(" ").formatHex(head, 0, Math.min(head.length, 8));
    if (isAfterOpenssl()) {
      return new DrillException(
          file.name() + " is nothing that is known once openssl has decrypted it",
          "wrong key or options: openssl does not always notice");
    }
    return new DrillException(
        file.name() + " is no backup that is known" + within() + ": it begins with " + begins,
        "is it a dump at all, and is it encrypted by something other than gpg, age and openssl?");
  }

  private String within() {
    return outer.map(layer -> " within its " + layer.word()).orElse("");
  }

  Stored file() {
    return file;
  }

  Claims claims() {
    return claims;
  }

  byte[] head() {
    return head;
  }

  InputStream content() {
    return content;
  }

  boolean isTar() {
    return Layer.of(head).equals(Optional.of(Layer.TAR));
  }

  /** Whether a wrong key would show by nothing but what is in it. */
  boolean isAfterOpenssl() {
    return outer.equals(Optional.of(Layer.OPENSSL));
  }

  /** How long whoever read the content waited for it, in nanoseconds. */
  long nanosSinceHead() {
    return last().nanos() - nanosOfHead;
  }

  /** What the layers took until now. */
  List<Stage> stages() {
    List<Stage> all = new ArrayList<>();
    long bytesBefore = 0;
    long nanosBefore = 0;
    for (int i = 0; i < meters.size(); i++) {
      Metered meter = meters.get(i);
      long bytesIn = i == 0 ? meter.bytes() : bytesBefore;
      long waited = nanosBefore - nanosOfFirst.get(i);
      Duration own = Duration.ofNanos(Math.max(meter.nanos() - waited, 0));
      all.add(new Stage(stages.get(i), own, bytesIn, meter.bytes()));
      bytesBefore = meter.bytes();
      nanosBefore = meter.nanos();
    }
    return all;
  }

  /** Ends the programs and closes the source. What comes of that is of no interest any more. */
  @Override
  public void close() {
    for (int i = meters.size() - 1; i >= 0; i--) {
      try {
        meters.get(i).close();
      } catch (IOException | RuntimeException closing) {
        // The next one below is closed all the same.
      }
    }
  }
}
