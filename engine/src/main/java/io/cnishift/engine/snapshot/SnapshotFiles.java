package io.cnishift.engine.snapshot;

import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Decoded;
import io.cnishift.engine.codec.Format;
import io.cnishift.engine.codec.Position;
import io.cnishift.engine.codec.Problem;
import io.cnishift.engine.codec.Source;
import io.cnishift.engine.codec.Style;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Snapshots as files. Reading refuses what no cluster can look like: a reference to something that the file does not have, an
 * object twice, a subnet outside its VPC. Each reason names file, line and remedy. Safe for use by several threads.
 */
public final class SnapshotFiles {

    private final Codec codec;

    /** Snapshot files of that codec. */
    public SnapshotFiles(Codec codec) {
        this.codec = Objects.requireNonNull(codec);
    }

    /** Reads and checks a snapshot. */
    public Decoded<ClusterSnapshot> read(Source source) {
        return codec.read(ClusterSnapshot.class, source)
                .fold(snapshot -> checked(snapshot, source), problems -> new Decoded.Refused<>(problems));
    }

    /** Writes a snapshot in the form that people review. */
    public void write(ClusterSnapshot snapshot, Format format, OutputStream out) {
        codec.write(ClusterSnapshot.class, snapshot, format, Style.DOCUMENT, out);
    }

    private Decoded<ClusterSnapshot> checked(ClusterSnapshot snapshot, Source source) {
        List<Flaw> flaws = new Consistency(snapshot).flaws();
        if (flaws.isEmpty()) {
            return new Decoded.Value<>(snapshot);
        }
        List<Flaw> told = flaws.subList(0, Math.min(flaws.size(), Decoded.MAX_PROBLEMS));
        List<String> paths = new FilePaths(codec, source).of(told);
        Map<String, Position> places = codec.locate(source, paths);
        List<Problem> problems = new java.util.ArrayList<>();
        for (int i = 0; i < told.size(); i++) {
            Flaw flaw = told.get(i);
            Position at = places.getOrDefault(paths.get(i), new Position(0, 0));
            problems.add(
                    new Problem(source.name(), at.line(), at.column(), paths.get(i), flaw.message(), flaw.remedy()));
        }
        problems.sort(java.util.Comparator.comparing(Problem::position));
        return new Decoded.Refused<>(problems);
    }
}
