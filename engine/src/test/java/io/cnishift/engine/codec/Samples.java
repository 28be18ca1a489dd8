package io.cnishift.engine.codec;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Records with one component of every type that has a written form. */
final class Samples {
    static final Codec CODEC = Codec.builder()
            .openType(Step.class, "kind", "params", Samples::paramsOf)
            .textPattern(Block.class, "^[0-9./]+$")
            .build();

    private Samples() {}

    private static Optional<Class<? extends Record>> paramsOf(String kind) {
        return switch (kind) {
            case "wait" -> Optional.of(WaitParams.class);
            case "label" -> Optional.of(LabelParams.class);
            default -> Optional.empty();
        };
    }

    enum Mode {
        ON,
        OFF,
        SECONDARY_IP;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** A class with a text form of its own. */
    record Block(int first, int length) {
        public static Block parse(String text) {
            String[] parts = text.split("/", -1);
            if (parts.length != 2) {
                throw new IllegalArgumentException("write it as N/LENGTH");
            }
            return new Block(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
        }

        @Override
        public String toString() {
            return first + "/" + length;
        }
    }

    record Node(String name, Map<String, String> labels, Optional<Block> block) {
        Node {
            labels = Map.copyOf(labels);
            if (name.isBlank()) {
                throw new IllegalArgumentException("a node has a name");
            }
        }
    }

    record Everything(
            String text,
            int whole,
            long wide,
            double decimal,
            boolean flag,
            Integer boxed,
            Instant at,
            Duration lasting,
            Mode mode,
            Block block,
            Optional<String> maybe,
            OptionalInt maybeWhole,
            OptionalLong maybeWide,
            List<Node> nodes,
            Set<String> names,
            SortedSet<Mode> modes,
            Set<Integer> ports,
            Map<String, Integer> counts,
            Map<Mode, List<String>> byMode,
            SortedMap<String, String> sorted,
            Map<String, Object> values,
            Object any,
            List<Object> anything,
            Act act) {}

    /** An Everything whose every component is as empty as it may be. */
    static Everything empty() {
        return new Everything(
                "",
                0,
                0,
                0,
                false,
                0,
                Instant.EPOCH,
                Duration.ZERO,
                Mode.OFF,
                new Block(0, 0),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalLong.empty(),
                List.of(),
                Set.of(),
                new TreeSet<>(),
                Set.of(),
                Map.of(),
                Map.of(),
                new TreeMap<>(),
                Map.of(),
                "",
                List.of(),
                new Act.Quit());
    }

    static Everything full() {
        return new Everything(
                "two words",
                -7,
                1L << 40,
                0.25,
                true,
                3,
                Instant.parse("2026-11-21T08:00:00.5Z"),
                Duration.ofMillis(1500),
                Mode.SECONDARY_IP,
                new Block(12, 16),
                Optional.of("on"),
                OptionalInt.of(4),
                OptionalLong.of(5),
                List.of(new Node("a", Map.of("z", "1.35", "a", "x"), Optional.of(new Block(1, 2)))),
                Set.of("b", "a", "10"),
                new TreeSet<>(Set.of(Mode.OFF, Mode.SECONDARY_IP)),
                Set.of(10, 9),
                Map.of("b", 2, "a", 1),
                Map.of(Mode.ON, List.of("x", "y"), Mode.OFF, List.of()),
                new TreeMap<>(Map.of("k", "v")),
                tree(),
                List.of(1, "one"),
                List.of(Map.of("k", List.of()), 2.0),
                new Act.Deeper.CordonNode("ip-10-0-0-1", List.of("why not")));
    }

    static Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("zebra", 1);
        tree.put("apple", 5_000_000_000L);
        tree.put("mango", List.of(List.of(1, List.of("deep")), Map.of(), Map.of("x", true)));
        tree.put("nothing", null);
        tree.put("big", 1.0e10);
        return tree;
    }

    sealed interface Act {
        record Quit() implements Act {}

        sealed interface Deeper extends Act {
            record CordonNode(String node, List<String> reasons) implements Deeper {
                public CordonNode {
                    Objects.requireNonNull(node);
                }
            }
        }
    }

    record Acts(List<Act> acts) {}

    record WaitParams(Duration lasting) {}

    record LabelParams(String label, List<String> nodes) {}

    record Step(String id, String kind, Record params, boolean last) {}

    record Steps(List<Step> steps) {}

    record Tree(String name, List<Tree> branches) {}

    record Snapshot(List<Node> nodes, List<Pod> pods) {}

    record Pod(String namespace, String name, String node, Map<String, String> labels, Optional<String> address) {}
}
