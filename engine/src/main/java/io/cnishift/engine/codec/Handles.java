package io.cnishift.engine.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.time.DateTimeException;
import org.jspecify.annotations.Nullable;

/** Method handles of records and value classes, and what their exceptions mean. */
final class Handles {
    private Handles() {}

    /** Returns a handle of type (Object) Object: an accessor of its receiver, or a static method of its argument. */
    static MethodHandle function(Method method) {
        try {
            method.setAccessible(true);
            return MethodHandles.lookup().unreflect(method).asType(MethodType.methodType(Object.class, Object.class));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("cannot call " + method, e);
        }
    }

    /** Returns a handle of type (Object[]) Object. */
    static MethodHandle constructor(Constructor<?> constructor) {
        try {
            constructor.setAccessible(true);
            return MethodHandles.lookup()
                    .unreflectConstructor(constructor)
                    .asSpreader(Object[].class, constructor.getParameterCount())
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("cannot call " + constructor, e);
        }
    }

    static @Nullable Object get(MethodHandle accessor, Object target) {
        try {
            return (Object) accessor.invokeExact(target);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    static Object call(MethodHandle parse, Object argument) throws Refusal {
        try {
            return (Object) parse.invokeExact(argument);
        } catch (Throwable e) {
            throw refusalOrBug(e);
        }
    }

    static Object construct(MethodHandle constructor, @Nullable Object[] arguments) throws Refusal {
        try {
            return (Object) constructor.invokeExact(arguments);
        } catch (Throwable e) {
            throw refusalOrBug(e);
        }
    }

    /** What a constructor throws because of its arguments is the document's fault, everything else is a bug. */
    private static Refusal refusalOrBug(Throwable e) {
        boolean refused = e instanceof IllegalArgumentException
                || e instanceof NullPointerException
                || e instanceof ArithmeticException
                || e instanceof DateTimeException;
        if (refused) {
            return new Refusal(e);
        }
        throw unchecked(e);
    }

    private static RuntimeException unchecked(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
    }

    /** The arguments were refused; the reason is the exception's own message. */
    @SuppressWarnings("serial")
    static final class Refusal extends Exception {
        Refusal(Throwable cause) {
            super(
                    cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage(),
                    cause,
                    false,
                    false);
        }

        String reason() {
            return BrokenDocuments.firstLine(getMessage());
        }
    }
}
