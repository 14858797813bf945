package dev.drillbook.snapshot;

import dev.drillbook.snapshot.RowDifference.Kind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An original that is gone, but for the sums that were kept of it. */
final class StoredOriginal implements Original {
  private final Nodes nodes;

  StoredOriginal(Nodes nodes) {
    this.nodes = nodes;
  }

  @Override
  public List<List<String>> bounds() {
    return nodes.bounds();
  }

  @Override
  public List<Fingerprint> fingerprints(List<Leaves> runs) {
    return runs.stream()
        .map(
            run ->
                nodes.leaves().subList(run.from(), run.to()).stream()
                    .map(Nodes.Sums::fingerprint)
                    .reduce(Fingerprint.OF_NOTHING, Fingerprint::plus))
        .toList();
  }

  @Override
  public List<RowDifference> differences(int leaf, RangeReader other, int limit)
      throws SQLException {
    KeyRange range = Nodes.range(nodes.bounds(), leaf, leaf + 1);
    Nodes.Sums difference = other.sums(List.of(range)).get(0).minus(nodes.leaves().get(leaf));
    Optional<Long> keyHash = difference.keyHash();
    if (keyHash.isPresent()) {
      List<List<String>> candidates = new ArrayList<>();
      other.visit(
          range,
          row -> {
            if (row.keyHash() == keyHash.get()) {
              candidates.add(row.key());
            }
          });
      Optional<RowDifference> one =
          one(difference.fingerprint().rows(), keyHash.get(), candidates, range, other);
      if (one.isPresent()) {
        return List.of(one.get());
      }
    }
    return List.of(new RowDifference(Kind.SEVERAL, range.toString(), List.of()));
  }

  private static Optional<RowDifference> one(
      long moreRows, long keyHash, List<List<String>> candidates, KeyRange range, RangeReader other)
      throws SQLException {
    if (moreRows < 0) {
      return candidates.isEmpty() ? Optional.of(missing(keyHash, range, other)) : Optional.empty();
    }
    if (candidates.size() != 1) {
      return Optional.empty();
    }
    Kind kind = moreRows > 0 ? Kind.EXTRA : Kind.CHANGED;
    String row = RowDifference.key(candidates.get(0));
    return Optional.of(new RowDifference(kind, row, List.of()));
  }

  /** A row that is missing cannot be asked for its key, but whole numbers can be tried. */
  private static RowDifference missing(long keyHash, KeyRange range, RangeReader other)
      throws SQLException {
    List<List<String>> possible = other.wholeNumbers(range, keyHash);
    String row = possible.size() == 1 ? RowDifference.key(possible.get(0)) : "with a key " + range;
    return new RowDifference(Kind.MISSING, row, List.of());
  }
}
