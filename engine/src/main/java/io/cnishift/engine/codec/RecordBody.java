package io.cnishift.engine.codec;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One record while its object is read. */
final class RecordBody {
    private final RecordShape shape;
    private final RecordParts parts;
    private final Reading in;
    private final Position start;
    private final @Nullable Object[] values;
    private final boolean[] seen;
    /** Open values that came before the sibling that decides their class; null in the usual case that none did. */
    private @Nullable TokenBuffer @Nullable [] parked;

    private boolean failed;

    RecordBody(RecordShape shape, Reading in, Position start) {
        this.shape = shape;
        this.parts = shape.parts();
        this.in = in;
        this.start = start;
        this.values = new @Nullable Object[parts.size()];
        this.seen = new boolean[parts.size()];
    }

    /** Reads from behind the start of the object to its end. */
    Object read() {
        return read(false);
    }

    /** Reads what is left of an object behind its tag. */
    Object readTagged() {
        return read(true);
    }

    private Object read(boolean tagged) {
        while (in.next() == Token.KEY) {
            String key = in.text();
            int index = parts.indexOf(key);
            if (tagged && key.equals(RecordShape.TAG)) {
                duplicate(key);
            } else if (index < 0) {
                unknown(key);
            } else {
                component(index);
            }
        }
        readParked();
        reportMissing();
        return failed ? Reading.FAILED : construct();
    }

    private void unknown(String key) {
        failed = true;
        in.path().enter(key);
        in.refuse("unknown key", Suggestion.remedy(key, parts.names()));
        in.path().leave();
        in.next();
        in.skip();
    }

    private void duplicate(String key) {
        failed = true;
        in.path().enter(key);
        in.refuse("duplicate key", "remove one of them");
        in.path().leave();
        in.next();
        in.skip();
    }

    private void component(int index) {
        RecordPart part = parts.part(index);
        if (seen[index]) {
            duplicate(part.name());
            return;
        }
        seen[index] = true;
        in.path().enter(part.name());
        in.next();
        if (part.open().isEmpty()) {
            set(index, part.shape().read(in));
        } else if (seen[part.open().get().discriminator()]) {
            open(index, part.open().get());
        } else {
            park(index);
        }
        in.path().leave();
    }

    private void set(int index, @Nullable Object value) {
        values[index] = value;
        failed |= value == Reading.FAILED;
    }

    private void park(int index) {
        @Nullable TokenBuffer[] buffers = parked == null ? new @Nullable TokenBuffer[parts.size()] : parked;
        TokenBuffer buffer = new TokenBuffer();
        in.recordValue(buffer);
        buffers[index] = buffer;
        parked = buffers;
    }

    private void readParked() {
        @Nullable TokenBuffer[] buffers = parked;
        if (buffers == null) {
            return;
        }
        for (int i = 0; i < buffers.length; i++) {
            TokenBuffer buffer = buffers[i];
            if (buffer != null) {
                readParked(i, buffer);
            }
        }
    }

    private void readParked(int index, TokenBuffer buffer) {
        RecordPart part = parts.part(index);
        if (part.open().isEmpty() || !seen[part.open().get().discriminator()]) {
            failed = true;
            return;
        }
        in.path().enter(part.name());
        in.replay(buffer, () -> open(index, part.open().get()));
        in.path().leave();
    }

    /** Reads a value whose class is decided by a sibling that was read. */
    private void open(int index, RecordPart.Open open) {
        Object kind = values[open.discriminator()];
        if (kind == null || kind == Reading.FAILED) {
            failed = true;
            in.skip();
            return;
        }
        Optional<Class<? extends Record>> type = open.type().lookup().apply(kind.toString());
        if (type.isEmpty()) {
            failed = true;
            in.refuse(
                    "nothing is known of the " + open.type().discriminator() + " \"" + kind + "\"",
                    "correct the " + open.type().discriminator()
                            + ", or name the folder of the plug-in that brings it with --plugin-dir");
            in.skip();
            return;
        }
        set(index, shape.shapes().of(type.get()).read(in));
    }

    private void reportMissing() {
        for (int i = 0; i < seen.length; i++) {
            if (seen[i]) {
                continue;
            }
            RecordPart part = parts.part(i);
            if (part.shape().zero().isPresent()) {
                values[i] = part.shape().zero().get();
            } else {
                failed = true;
                in.path().enter(part.name());
                in.refuse(start, "missing key", "add it: " + part.shape().what());
                in.path().leave();
            }
        }
    }

    private Object construct() {
        try {
            return parts.construct(values);
        } catch (Handles.Refusal e) {
            return in.refuse(start, e.reason(), "correct it");
        }
    }
}
