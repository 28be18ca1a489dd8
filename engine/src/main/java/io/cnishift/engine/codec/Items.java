package io.cnishift.engine.codec;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Walks through lists at the root of a document and shows their items one by one; none is kept. */
final class Items {
    private final Map<String, Shape> lists;
    private final Codec.ItemVisitor visitor;

    Items(Map<String, Shape> lists, Codec.ItemVisitor visitor) {
        this.lists = lists;
        this.visitor = visitor;
    }

    /** Walks the document; what breaks it ends the walk. */
    void walk(Reading in) {
        try {
            if (in.next() != Token.OBJECT_START) {
                return;
            }
            while (in.next() == Token.KEY) {
                String list = in.text();
                Shape shape = lists.get(list);
                if (in.next() == Token.LIST_START && shape != null) {
                    items(list, shape, in);
                } else {
                    in.skip();
                }
            }
        } catch (BrokenDocument | Reading.EnoughProblems e) {
            return;
        }
    }

    private void items(String list, Shape shape, Reading in) {
        for (int i = 0; in.next() != Token.LIST_END; i++) {
            @Nullable Object item = shape.read(in);
            if (item != null && item != Reading.FAILED) {
                visitor.item(list, i, item);
            }
        }
    }
}
