#pragma once

class QHeaderView;
class QMainWindow;

namespace earmark::ui {

class ActionRegistry;
class AuditionPage;
class OpenController;
class Settings;
class Theme;

/// Fills the window's menu bar. All must outlive the window; its docks must be there
/// already. `columns`: the header of the segment table.
void fillMenus(QMainWindow &window, const ActionRegistry &actions, OpenController &files,
               AuditionPage &audition, QHeaderView &columns, Settings &settings, Theme &theme);

} // namespace earmark::ui
