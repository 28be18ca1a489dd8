package io.cnishift.simulator.front;

import io.cnishift.simulator.Trees;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The bodies in protobuf that clients do send: Helm keeps its releases in Secrets that it writes so, even to a server that
 * answers in JSON. Of all kinds only these are understood: Secret, and the DeleteOptions that go with its removal.
 *
 * <p>Source: Kubernetes documentation, API Concepts: Kubernetes Protobuf encoding (a prefix, then an envelope with the kind and
 * the object); field numbers from the generated.proto files of core/v1 and meta/v1.
 */
final class Protobuf {
    static final String MEDIA_TYPE = "application/vnd.kubernetes.protobuf";

    private static final byte[] PREFIX = {'k', '8', 's', 0};
    private static final int BITS = 7;
    private static final int LOW = 0x7f;
    private static final int MORE = 0x80;

    private Protobuf() {}

    /** The object as a tree; empty when it is of another kind. */
    static Optional<Map<String, Object>> read(byte[] body) {
        if (body.length < PREFIX.length || !Arrays.equals(PREFIX, Arrays.copyOf(body, PREFIX.length))) {
            return Optional.empty();
        }
        try {
            Message envelope = Message.of(Arrays.copyOfRange(body, PREFIX.length, body.length));
            Message type = envelope.message(1);
            Message object = envelope.message(2);
            return switch (type.text(2).orElse("")) {
                case "Secret" -> Optional.of(secret(object));
                case "DeleteOptions" -> Optional.of(deleteOptions(object));
                default -> Optional.empty();
            };
        } catch (ArrayIndexOutOfBoundsException e) {
            throw Refusals.badRequest("the protobuf body of the request ends too early");
        }
    }

    private static Map<String, Object> secret(Message secret) {
        Map<String, Object> data = new LinkedHashMap<>();
        secret.entries(2)
                .forEach((key, value) -> data.put(key, Base64.getEncoder().encodeToString(value)));
        return Trees.of(
                "apiVersion",
                "v1",
                "kind",
                "Secret",
                "metadata",
                metadata(secret.message(1)),
                "type",
                secret.text(3).orElse("Opaque"),
                "data",
                data);
    }

    private static Map<String, Object> metadata(Message meta) {
        return Trees.of(
                "name",
                meta.text(1).orElse(""),
                "namespace",
                meta.text(3).orElse(null),
                "resourceVersion",
                meta.text(6).orElse(null),
                "labels",
                texts(meta.entries(11)),
                "annotations",
                texts(meta.entries(12)));
    }

    private static Map<String, Object> deleteOptions(Message options) {
        Message conditions = options.message(2);
        Map<String, Object> preconditions = Trees.of(
                "uid",
                conditions.text(1).orElse(null),
                "resourceVersion",
                conditions.text(2).orElse(null));
        return Trees.of(
                "kind",
                "DeleteOptions",
                "apiVersion",
                "v1",
                "gracePeriodSeconds",
                options.number(1).orElse(null),
                "preconditions",
                preconditions.isEmpty() ? null : preconditions,
                "propagationPolicy",
                options.text(4).orElse(null),
                "dryRun",
                options.text(5).map(List::of).orElse(null));
    }

    private static Map<String, Object> texts(Map<String, byte[]> entries) {
        Map<String, Object> texts = new LinkedHashMap<>();
        entries.forEach((key, value) -> texts.put(key, new String(value, StandardCharsets.UTF_8)));
        return texts;
    }

    /** One field as it came: a number, or bytes. */
    private static final class Field {
        private final int tag;
        private final long number;
        private final byte[] bytes;

        Field(int tag, long number, byte[] bytes) {
            this.tag = tag;
            this.number = number;
            this.bytes = bytes;
        }
    }

    /** The fields of a message, in their order. */
    private record Message(List<Field> fields) {

        static Message of(byte[] bytes) {
            Cursor cursor = new Cursor(bytes);
            List<Field> fields = new ArrayList<>();
            while (cursor.more()) {
                fields.add(cursor.field());
            }
            return new Message(fields);
        }

        private Optional<Field> last(int tag) {
            return fields.stream().filter(f -> f.tag == tag).reduce((a, b) -> b);
        }

        Message message(int tag) {
            return last(tag).map(f -> of(f.bytes)).orElseGet(() -> new Message(List.of()));
        }

        Optional<String> text(int tag) {
            return last(tag)
                    .map(f -> new String(f.bytes, StandardCharsets.UTF_8))
                    .filter(t -> !t.isEmpty());
        }

        Optional<Long> number(int tag) {
            return last(tag).map(f -> f.number);
        }

        /** A map: each entry is a message of key and value. */
        Map<String, byte[]> entries(int tag) {
            Map<String, byte[]> entries = new LinkedHashMap<>();
            for (Field field : fields) {
                if (field.tag == tag) {
                    Message entry = of(field.bytes);
                    entries.put(
                            entry.text(1).orElse(""),
                            entry.last(2).map(f -> f.bytes).orElse(new byte[0]));
                }
            }
            return entries;
        }
    }

    /** Reads from front to back. */
    private static final class Cursor {
        private final byte[] bytes;
        private int at;

        Cursor(byte[] bytes) {
            this.bytes = bytes;
        }

        boolean more() {
            return at < bytes.length;
        }

        Field field() {
            long key = varint();
            int tag = (int) (key >>> 3);
            return switch ((int) (key & 7)) {
                case 0 -> new Field(tag, varint(), new byte[0]);
                case 1 -> new Field(tag, 0, take(8));
                case 2 -> new Field(tag, 0, take(Math.toIntExact(varint())));
                case 5 -> new Field(tag, 0, take(4));
                default -> throw Refusals.badRequest("the protobuf body of the request has a field of an unknown form");
            };
        }

        private long varint() {
            long value = 0;
            for (int shift = 0; shift < Long.SIZE; shift += BITS) {
                byte next = bytes[at++];
                value |= (long) (next & LOW) << shift;
                if ((next & MORE) == 0) {
                    break;
                }
            }
            return value;
        }

        private byte[] take(int length) {
            if (length < 0 || at + length > bytes.length) {
                throw new ArrayIndexOutOfBoundsException(length);
            }
            byte[] taken = Arrays.copyOfRange(bytes, at, at + length);
            at += length;
            return taken;
        }
    }
}
