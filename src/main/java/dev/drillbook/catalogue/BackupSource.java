package dev.drillbook.catalogue;

import java.io.InputStream;
import java.time.Instant;
import java.util.List;

/** Where backups are stored. It is only ever read. */
public interface BackupSource extends AutoCloseable {

  /**
   * Every file, in folders too, in no particular order. Links are neither listed nor followed.
   *
   * @throws dev.drillbook.timeline.DrillException if the place is not there, or not all of it can
   *     be listed
   */
  List<StoredFile> list();

  /**
   * The content of a file that was listed, to be closed by the caller; it is read as it comes.
   * Where less comes than the store promised, reading ends with an {@link java.io.IOException}.
   *
   * @throws dev.drillbook.timeline.DrillException if it is gone, or may not be read
   */
  InputStream open(StoredFile file);

  /**
   * Whether the store keeps a file from being deleted, and until when. The store may be asked more
   * than once until one answer suffices.
   *
   * @param wanted how long it should
   */
  Lock lock(StoredFile file, Instant wanted);

  /** The place, for messages: a path, or {@code s3://bucket/prefix/ at endpoint}; no secrets. */
  String where();

  @Override
  void close();
}
