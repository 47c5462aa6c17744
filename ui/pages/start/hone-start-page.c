/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-start-page.h"

struct _HoneStartPage {
  AdwBin parent_instance;
};

G_DEFINE_FINAL_TYPE (HoneStartPage, hone_start_page, ADW_TYPE_BIN)

static void
hone_start_page_dispose (GObject *object)
{
  HoneStartPage *self = HONE_START_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), HONE_TYPE_START_PAGE);
  G_OBJECT_CLASS (hone_start_page_parent_class)->dispose (object);
}

static void
hone_start_page_class_init (HoneStartPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hone_start_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hone_app/Hone/pages/start/hone-start-page.ui");
}

static void
hone_start_page_init (HoneStartPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
