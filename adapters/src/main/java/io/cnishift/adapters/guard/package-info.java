/** Looks at what guards watch: web pages, Prometheus, alarms. */
@NullMarked
package io.cnishift.adapters.guard;

import org.jspecify.annotations.NullMarked;
