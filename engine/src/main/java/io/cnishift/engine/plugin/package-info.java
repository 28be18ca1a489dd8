/**
 * Strategies from jars that are not on the class path. A plug-in is trusted code: it runs with the rights of cnishift. What is
 * kept apart is its libraries from the host's, and its faults from other strategies. Start at
 * {@link io.cnishift.engine.plugin.Plugins}.
 */
@NullMarked
package io.cnishift.engine.plugin;

import org.jspecify.annotations.NullMarked;
