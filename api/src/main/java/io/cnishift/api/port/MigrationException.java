package io.cnishift.api.port;

import io.cnishift.api.plan.Disposition;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The one exception of cnishift, for what no outcome expresses. Its message is one line: what, where; the remedy is what
 * to do next.
 */
public final class MigrationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Whose fault it is. */
    public enum Category {
        /** Input: a flag, file, plan or jar. */
        USER,
        /** The cluster, AWS, the network, credentials. */
        ENVIRONMENT,
        /** A defect of cnishift or of a plug-in. */
        INTERNAL;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final String code;
    private final Category category;
    private final Disposition disposition;
    private final String remedy;

    public MigrationException(
            String code,
            Category category,
            Disposition disposition,
            String message,
            String remedy,
            @Nullable Throwable cause) {
        super(message, cause);
        this.code = Objects.requireNonNull(code);
        this.category = Objects.requireNonNull(category);
        this.disposition = Objects.requireNonNull(disposition);
        this.remedy = Objects.requireNonNull(remedy);
    }

    /** Bad input. */
    public static MigrationException user(String code, String message, String remedy) {
        return new MigrationException(code, Category.USER, Disposition.ASK, message, remedy, null);
    }

    /** The same with more that can be done. */
    public MigrationException or(String more) {
        String both = remedy.isEmpty() ? more : remedy + "; " + more;
        return new MigrationException(code, category, disposition, String.valueOf(getMessage()), both, this);
    }

    /** Stable code, explained by {@code cnishift explain}. */
    public String code() {
        return code;
    }

    public Category category() {
        return category;
    }

    public Disposition disposition() {
        return disposition;
    }

    /** What to do next. */
    public String remedy() {
        return remedy;
    }
}
