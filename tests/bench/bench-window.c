/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-window COMMAND…
 *
 * Looks at a program from outside, as a person does: starts it on the X display at hand and prints the milliseconds until its window is
 * mapped, until it shows a first picture that is not blank, and until that picture has stood still for a second (the time of its last
 * change; where the program is given its work on the command line, that is when the work is there to be seen). Ends the program.
 * The picture is sampled every few milliseconds at some rows; the same eye for every program. */
#include "config.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <gio/gio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#define SMALLEST     200                          /* pixels: smaller windows are helpers of the toolkit */
#define ROWS         24                           /* of a window that are looked at */
#define NAP          (2 * 1000)                   /* microseconds between two looks */
#define STILL        (1000 * 1000)                /* microseconds without a change: finished */
#define PATIENCE     (120 * G_USEC_PER_SEC)

typedef struct {
  Display *display;
  Window   window;            /* None: not mapped yet */
  gint64   begin, mapped, first, last;
  guint    picture;           /* hash of what was seen last */
} Eye;

static int
ignore_error (Display     *display,
              XErrorEvent *event)
{
  return 0;       /* windows come and go while we look at them */
}

static gboolean
is_shown (Eye    *eye,
          Window  window)
{
  XWindowAttributes attributes;

  return XGetWindowAttributes (eye->display, window, &attributes) && attributes.map_state == IsViewable && !attributes.override_redirect &&
         attributes.width >= SMALLEST && attributes.height >= SMALLEST;
}

/* The first large window below the root; a window manager puts it into a frame of its own. */
static Window
find_window (Eye    *eye,
             Window  parent)
{
  Window root, above, *children = NULL, found = None;
  unsigned int n = 0;

  if (!XQueryTree (eye->display, parent, &root, &above, &children, &n))
    return None;
  for (unsigned int i = 0; i < n && found == None; i++)
    if (is_shown (eye, children[i]))
      found = children[i];
  if (children != NULL)
    XFree (children);

  return found;
}

/* Some rows of the window, from top to bottom. @colours: whether more than one colour was seen. */
static guint
look (Eye      *eye,
      gboolean *colours)
{
  XWindowAttributes attributes;
  guint hash = 5381;
  guint32 one = 0;

  *colours = FALSE;
  if (!XGetWindowAttributes (eye->display, eye->window, &attributes))
    return 0;
  for (int i = 0; i < ROWS; i++)
    {
      int y = attributes.height * (2 * i + 1) / (2 * ROWS);
      XImage *row = XGetImage (eye->display, eye->window, 0, y, attributes.width, 1, AllPlanes, ZPixmap);

      if (row == NULL)
        return 0;
      for (int x = 0; x < row->width && row->bits_per_pixel == 32; x++)
        {
          guint32 pixel = ((guint32 *) (void *) row->data)[x] & 0xffffff;

          if (i == 0 && x == 0)
            one = pixel;
          *colours = *colours || pixel != one;
          hash = hash * 33 + pixel;
        }
      XDestroyImage (row);
    }

  return hash;
}

static gboolean
watch (Eye         *eye,
       GSubprocess *process)
{
  gint64 now;

  while ((now = g_get_monotonic_time ()) - eye->begin < PATIENCE && g_subprocess_get_identifier (process) != NULL)
    {
      gboolean colours = FALSE;
      guint picture;

      if (eye->window == None)
        {
          eye->window = find_window (eye, DefaultRootWindow (eye->display));
          if (eye->window != None)
            eye->mapped = g_get_monotonic_time ();
        }
      if (eye->window != None)
        {
          picture = look (eye, &colours);
          if (colours && eye->first == 0)
            eye->first = now;
          if (picture != eye->picture)
            {
              eye->picture = picture;
              eye->last = now;
            }
          if (eye->first != 0 && now - eye->last > STILL)
            return TRUE;
        }
      g_usleep (NAP);
      g_main_context_iteration (NULL, FALSE);     /* notices that the program has ended */
    }

  return FALSE;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GSubprocess) process = NULL;
  Eye eye = { .display = XOpenDisplay (NULL) };
  gboolean seen;

  if (argc < 2 || eye.display == NULL)
    {
      fprintf (stderr, argc < 2 ? "usage: bench-window COMMAND…\n" : "There is no X display\n");
      return argc < 2 ? 2 : 77;
    }
  XSetErrorHandler (ignore_error);
  if (find_window (&eye, DefaultRootWindow (eye.display)) != None)
    {
      fprintf (stderr, "Another window is on this display already\n");
      return 2;
    }
  eye.begin = g_get_monotonic_time ();
  process = g_subprocess_newv ((const char * const *) argv + 1, G_SUBPROCESS_FLAGS_NONE, &error);
  if (process == NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  seen = watch (&eye, process);
  if (seen)
    printf ("%.0f %.0f %.0f\n", (eye.mapped - eye.begin) / 1e3, (eye.first - eye.begin) / 1e3, (eye.last - eye.begin) / 1e3);
  g_subprocess_send_signal (process, SIGTERM);
  g_subprocess_wait (process, NULL, NULL);
  XCloseDisplay (eye.display);

  return seen ? 0 : 1;
}
