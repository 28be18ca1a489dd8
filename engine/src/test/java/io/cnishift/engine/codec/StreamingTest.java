package io.cnishift.engine.codec;

import static io.cnishift.engine.codec.Samples.CODEC;
import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.engine.codec.Samples.Node;
import io.cnishift.engine.codec.Samples.Pod;
import io.cnishift.engine.codec.Samples.Snapshot;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class StreamingTest {
    private static final int PODS = 25_000;

    private static Snapshot snapshot() {
        List<Pod> pods = IntStream.range(0, PODS)
                .mapToObj(i -> new Pod(
                        "namespace-" + i % 50,
                        "pod-" + i,
                        "node-" + i % 500,
                        Map.of("app", "web-" + i % 100, "pod-template-hash", "5d4f8c7b6"),
                        Optional.of("10.0." + i / 256 + "." + i % 256)))
                .toList();
        return new Snapshot(List.of(new Node("node-0", Map.of(), Optional.empty())), pods);
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void readsFilesBeyondTheLimitOfTheYamlReader(Format format, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("snapshot");
        Snapshot snapshot = snapshot();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            CODEC.write(Snapshot.class, snapshot, format, Style.DOCUMENT, out);
        }
        assertThat(Files.size(file)).isGreaterThan(3 * 1024 * 1024);
        assertThat(CODEC.read(Snapshot.class, Source.file(file)).value()).contains(snapshot);
        Position last = CODEC.locate(Source.file(file), "pods[" + (PODS - 1) + "].node");
        try (Stream<String> lines = Files.lines(file)) {
            String line = lines.skip(last.line() - 1L).findFirst().orElseThrow();
            assertThat(line.substring(last.column() - 1)).matches("\"?node-499\\b.*");
        }
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void stopsReadingAtTheTwentiethProblem(Format format) {
        byte[] bytes = CODEC.text(Snapshot.class, snapshot(), format, Style.DOCUMENT)
                .replace("node-", "\\x")
                .replace("name", "mane")
                .getBytes(StandardCharsets.UTF_8);
        CountingStream[] opened = new CountingStream[1];
        Source source = Source.of("f", () -> {
            opened[0] = new CountingStream(bytes);
            return opened[0];
        });
        assertThat(CODEC.read(Snapshot.class, source).problems()).isNotEmpty();
        assertThat(opened[0].count).isLessThan(bytes.length / 4);
        assertThat(opened[0].closed).isTrue();
    }

    private static final class CountingStream extends FilterInputStream {
        private int count;
        private boolean closed;

        CountingStream(byte[] bytes) {
            super(new ByteArrayInputStream(bytes));
        }

        @Override
        public int read() throws IOException {
            count++;
            return super.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            count += read;
            return read;
        }

        @Override
        public void close() throws IOException {
            closed = true;
            super.close();
        }
    }

    @Test
    void keepsOneObjectForEqualText() {
        Snapshot read = CODEC.read(
                        Snapshot.class,
                        Source.text("f", CODEC.text(Snapshot.class, snapshot(), Format.YAML, Style.DOCUMENT)))
                .value()
                .orElseThrow();
        assertThat(read.pods().get(500).node()).isSameAs(read.pods().get(0).node());
    }

    @Test
    void servesSeveralThreads() throws InterruptedException, ExecutionException {
        Codec fresh = Codec.builder().build();
        String text = CODEC.text(Samples.Tree.class, tree(6), Format.YAML, Style.DOCUMENT);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            Callable<String> task = () -> fresh.text(
                    Samples.Tree.class,
                    fresh.read(Samples.Tree.class, Source.text("f", text))
                            .value()
                            .orElseThrow(),
                    Format.YAML,
                    Style.DOCUMENT);
            List<Future<String>> results =
                    pool.invokeAll(Stream.generate(() -> task).limit(40).collect(Collectors.toList()));
            for (Future<String> result : results) {
                assertThat(result.get()).isEqualTo(text);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static Samples.Tree tree(int depth) {
        return new Samples.Tree("t" + depth, depth == 0 ? List.of() : List.of(tree(depth - 1), tree(depth - 1)));
    }
}
