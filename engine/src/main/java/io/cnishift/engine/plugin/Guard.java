package io.cnishift.engine.plugin;

import io.cnishift.api.Finding;
import io.cnishift.api.PlanResult;
import io.cnishift.api.Probe;
import io.cnishift.api.StepKind;
import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.plan.ProbeStatus;
import io.cnishift.api.port.MigrationException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stands before an object of a plug-in, with all interfaces of the API that it has. Each call finds the plug-in's loader as context
 * class loader, since libraries look for their parts there. What is thrown becomes an answer that tells of the plug-in: a blocker, an
 * unknown, a failed step; where no answer can say it, one exception with a code.
 */
final class Guard implements InvocationHandler {

    private final Object inner;
    private final PluginJars plugin;
    private final ClassLoader loader;
    private final Map<String, Object> known;

    private Guard(Object inner, PluginJars plugin, ClassLoader loader, Map<String, Object> known) {
        this.inner = Objects.requireNonNull(inner);
        this.plugin = plugin;
        this.loader = loader;
        this.known = Map.copyOf(known);
    }

    /**
     * The object as the host holds it.
     *
     * @param known answers by name of the method that were asked for already and do not change
     */
    static <T> T around(Class<T> type, T inner, PluginJars plugin, ClassLoader loader, Map<String, Object> known) {
        Guard guard = new Guard(inner, plugin, loader, known);
        return type.cast(Proxy.newProxyInstance(
                Guard.class.getClassLoader(), faces(inner.getClass()).toArray(Class<?>[]::new), guard));
    }

    /** The same kind with its handler behind a guard. */
    @SuppressWarnings("unchecked")
    static <P extends Record> StepKind<P> kind(StepKind<P> kind, PluginJars plugin, ClassLoader loader) {
        StepHandler<P> handler = around(StepHandler.class, kind.handler(), plugin, loader, Map.of());
        return new StepKind<>(kind.id(), kind.schemaVersion(), kind.params(), handler);
    }

    /** Does something of the plug-in with its loader as context class loader. */
    static <T> T within(ClassLoader loader, Call<T> call) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return call.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** What is done within. */
    @FunctionalInterface
    interface Call<T> {
        T call() throws Exception;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(proxy, method, arguments);
        }
        Object answer = known.get(method.getName());
        if (answer != null) {
            return answer;
        }
        try {
            answer = within(loader, () -> method.invoke(inner, arguments));
        } catch (InvocationTargetException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            if (!Faults.ofPlugin(cause)) {
                throw cause;
            }
            return failed(method.getName(), Faults.words(cause), cause);
        }
        return answer == null ? failed(method.getName(), "it answered nothing", null) : answer;
    }

    private Object failed(String method, String why, @Nullable Throwable cause) {
        Finding finding = Faults.failed(plugin, method, why);
        return switch (method) {
            case "assess" -> Unusable.assessment(finding);
            case "plan" -> new PlanResult.Refused(List.of(finding));
            case "ask" -> List.of();
            case "judge" -> new Probe.Result(ProbeStatus.UNKNOWN, finding.message(), finding.remedy());
            case "next", "back" -> new StepOutcome.Failed(finding.message(), Disposition.ASK);
            default ->
                throw new MigrationException(
                        finding.code(),
                        MigrationException.Category.INTERNAL,
                        Disposition.ASK,
                        finding.message(),
                        finding.remedy(),
                        cause);
        };
    }

    private Object ofObject(Object proxy, Method method, @Nullable Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(inner);
            default -> plugin.name() + ": " + inner.getClass().getName();
        };
    }

    private static Set<Class<?>> faces(Class<?> type) {
        Set<Class<?>> faces = new LinkedHashSet<>();
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            for (Class<?> face : c.getInterfaces()) {
                if (face.getName().startsWith("io.cnishift.api.")) {
                    faces.add(face);
                }
                faces.addAll(faces(face));
            }
        }
        return faces;
    }
}
